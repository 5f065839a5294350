"""The ways to build a jail. Each makes a process that has arranged its descriptors and waits in `quipu_jail`."""
import marshal
import os
import shutil
import socket
import struct
import tempfile

import quipu_folders
import quipu_jail
import quipu_kernel as kernel
import quipu_policy

NOBODY = 64001
INSIDE = 1000
DEVICES = ('null', 'zero', 'urandom', 'random')


def become_nobody():
    """As root: takes on an identity that owns nothing, so that limits hold and nothing of root's is in reach."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        kernel.prctl(kernel.DUMPABLE, 1)


class Namespaces:
    """Warm: a jail is a fork of the supervisor, which itself lives in namespaces with a small read-only root."""

    layers = ['user', 'process', 'mount', 'network', 'ipc', 'hostname and cgroup namespaces', 'read-only root',
              'bounded tmpfs', 'no capabilities', 'rlimits', 'seccomp']
    processes = 1
    nested = False  # whether another program stands between the supervisor and the jail

    def __init__(self, folders, paths, codes):
        self.folders = folders
        self.paths = paths

    def enter(self):
        become_nobody()
        user, group = os.geteuid(), os.getegid()
        kernel.unshare(kernel.NEWUSER | kernel.NEWNS | kernel.NEWPID | kernel.NEWNET | kernel.NEWIPC | kernel.NEWUTS
                       | kernel.NEWCGROUP)
        write('/proc/self/setgroups', 'deny')
        write('/proc/self/uid_map', '%d %d 1' % (INSIDE, user))
        write('/proc/self/gid_map', '%d %d 1' % (INSIDE, group))
        socket.sethostname('sandbox')
        child = os.fork()
        if child:
            # Whoever of the two dies takes the other along; the jails' namespaces die with their first process.
            os.closerange(0, 1 << 16)
            os.waitpid(child, 0)
            os._exit(1)
        kernel.die_with_parent()
        self.namespace = os.open('/proc/self/ns/pid', os.O_RDONLY)
        self.build_root()

    def build_root(self):
        kernel.mount(None, '/', None, kernel.PRIVATE | kernel.REC)
        sources = {folder: os.open(folder, os.O_PATH) for folder in self.folders}
        sources.update({'/dev/' + name: os.open('/dev/' + name, os.O_PATH) for name in DEVICES})
        root = '/tmp'
        kernel.mount('tmpfs', root, 'tmpfs', kernel.NOSUID | kernel.NODEV, 'size=1m,nr_inodes=2048,mode=755')
        for path, source in sources.items():
            self.bind(source, path, root + path)
        for name in ('/tmp', '/old'):
            os.makedirs(root + name, exist_ok=True)
        os.chdir(root)
        kernel.call('pivot_root', b'.', b'old')
        os.chdir('/')
        kernel.unmount('/old')
        os.rmdir('/old')
        for descriptor in sources.values():
            os.close(descriptor)
        kernel.mount(None, '/', None, kernel.BIND | kernel.REMOUNT | kernel.RDONLY | kernel.NOSUID | kernel.NODEV)

    @staticmethod
    def bind(source, path, target):
        real = '/proc/self/fd/%d' % source
        device = path.startswith('/dev/')
        if device:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
        else:
            os.makedirs(target, exist_ok=True)
        kernel.mount(real, target, None, kernel.BIND | kernel.REC)
        if not device:
            # Flags that the source has are locked here and have to be given again.
            kept = os.statvfs(target).f_flag & (kernel.NOSUID | kernel.NODEV | kernel.NOEXEC)
            flags = kernel.BIND | kernel.REMOUNT | kernel.RDONLY | kernel.NOSUID | kernel.NODEV | kept
            kernel.mount(None, target, None, flags)

    def spawn(self, descriptors, limits):
        kernel.unshare(kernel.NEWPID)
        child = os.fork()
        if child:
            kernel.enter(self.namespace, kernel.NEWPID)
            return child
        try:
            quipu_jail.arrange({0: os.open('/dev/null', os.O_RDONLY), **descriptors})
            quipu_jail.reset_signals()
            # A process group spans process namespaces: with the parent's, a signal to the group would reach the parent.
            os.setsid()
            kernel.unshare(kernel.NEWNS)
            size = 'size=%d,nr_inodes=%d,mode=700' % (limits['tmp'], limits['inodes'])
            kernel.mount('tmpfs', '/tmp', 'tmpfs', kernel.NOSUID | kernel.NODEV | kernel.NOEXEC, size)
            os.chdir('/tmp')
            mounts = kernel.mount_namespace()
            # Not to get in: a user namespace of its own has the jail's processes and threads counted by themselves.
            kernel.unshare(kernel.NEWUSER)
            control = socket.socket(fileno=quipu_jail.CONTROL)
            quipu_jail.seal(control, None, mounts)
            quipu_jail.rehearse(control, self.paths)
            quipu_jail.work(control, self.paths)
        except BaseException:
            quipu_jail.give_up()

    def done(self, pid):
        """A jail has ended."""

    def leave(self):
        """The sandbox has ended."""

    def home_of(self, pid):
        return None

    def overfull(self, home, limits):
        return False


class Bubblewrap:
    """A program for each job, shut in by bwrap."""

    layers = ['bubblewrap: user, process, mount, network, ipc, hostname and cgroup namespaces', 'read-only root',
              'tmpfs', 'no capabilities', 'rlimits', 'seccomp']
    processes = 3
    nested = True

    def __init__(self, folders, paths, codes):
        self.folders = folders
        self.paths = paths
        self.codes = codes
        self.program = shutil.which('bwrap', path='/usr/local/bin:/usr/bin:/bin')

    def enter(self):
        if self.program is None:
            raise FileNotFoundError('bwrap is not installed (Debian: apt install bubblewrap)')
        become_nobody()
        import sys
        self.boot = sys.orig_argv[sys.orig_argv.index('-c') + 1] if hasattr(sys, 'orig_argv') else self.codes['boot']
        self.python = os.path.realpath(sys.executable)
        self.bundle = os.memfd_create('bundle', 0)
        os.write(self.bundle, marshal.dumps(self.codes))

    def command(self, limits):
        command = [self.program]
        for namespace in ('user', 'pid', 'net', 'ipc', 'uts', 'cgroup'):
            command.append('--unshare-' + namespace)
        command += ['--disable-userns', '--die-with-parent', '--new-session', '--cap-drop', 'ALL']
        command += ['--hostname', 'sandbox', '--uid', str(INSIDE), '--gid', str(INSIDE), '--clearenv']
        command += ['--setenv', 'MALLOC_ARENA_MAX', '2', '--ro-bind', self.python, self.python]
        for folder in self.folders:
            command += ['--ro-bind', folder, folder]
        for link in ('/lib', '/lib64', '/usr/lib64'):
            if os.path.islink(link):
                command += ['--symlink', os.readlink(link), link]
            elif os.path.isdir(link) and link not in self.folders:
                command += ['--ro-bind', link, link]
        command += ['--dir', '/dev']
        for name in DEVICES:
            command += ['--dev-bind', '/dev/' + name, '/dev/' + name]
        command += ['--size', str(limits['tmp']), '--tmpfs', '/tmp', '--chdir', '/tmp', '--remount-ro', '/', '--']
        return command + [self.python, '-I', '-S', '-c', self.boot, 'jail'] + self.paths

    def spawn(self, descriptors, limits):
        parent = os.getpid()
        child = os.fork()
        if child:
            return child
        try:
            command = self.command(limits)
            quipu_jail.arrange({0: os.open('/dev/null', os.O_RDONLY), 3: self.bundle, **descriptors})
            for number in (0, 3, *descriptors):
                os.set_inheritable(number, True)
            kernel.die_with_parent()
            if os.getppid() != parent:
                quipu_jail.give_up()
            os.execve(command[0], command, {})
        except BaseException:
            quipu_jail.give_up()

    def done(self, pid):
        """A jail has ended."""

    def leave(self):
        """The sandbox has ended."""

    def home_of(self, pid):
        return None

    def overfull(self, home, limits):
        return False


class Landlock:
    """For machines that forbid namespaces: file access by Landlock, everything else by seccomp and limits."""

    layers = ['Landlock', 'no capabilities', 'rlimits', 'seccomp', 'watched folder']
    # Without a user namespace the kernel counts all processes of this user together.
    processes = 1024
    nested = False

    EXECUTE, WRITE, READ, READ_DIR = 1, 2, 4, 8
    MAKE_DEVICES = 1 << 6 | 1 << 11  # character and block devices

    def __init__(self, folders, paths, codes):
        self.folders = folders
        self.paths = paths
        self.homes = {}

    def enter(self):
        self.version = kernel.call('landlock_create_ruleset', None, 0, 1)
        if self.version < 3:
            raise OSError('Landlock of this kernel is version %d; 3 is needed (Linux 6.2)' % self.version)
        self.home = tempfile.mkdtemp(prefix='quipu-sandbox-%d-' % os.getpid())
        if os.geteuid() == 0:
            os.chown(self.home, NOBODY, NOBODY)
        become_nobody()
        quipu_folders.remove_of_the_dead(os.path.dirname(self.home), 'quipu-sandbox-')

    def restrict(self, home):
        rights = (1 << (16 if self.version >= 5 else 15)) - 1
        network = 3 if self.version >= 4 else 0
        scope = 3 if self.version >= 6 else 0
        attributes = struct.pack('=QQQ', rights, network, scope)
        size = 24 if self.version >= 6 else 16 if self.version >= 4 else 8
        rules = kernel.call('landlock_create_ruleset', attributes[:size], size, 0)

        def allow(path, access):
            descriptor = os.open(path, os.O_PATH)
            kernel.call('landlock_add_rule', rules, 1, struct.pack('=Qi', access, descriptor), 0)
            os.close(descriptor)

        for folder in self.folders:
            allow(folder, self.READ | self.READ_DIR)
        for name in DEVICES:
            allow('/dev/' + name, self.READ | self.WRITE)
        allow(home, rights & ~self.EXECUTE & ~self.MAKE_DEVICES & ~(1 << 15))
        kernel.prctl(kernel.NO_NEW_PRIVS, 1)
        kernel.call('landlock_restrict_self', rules, 0)
        os.close(rules)

    def conditions(self):
        """Landlock does not see changes of modes and times, nor signals on older kernels."""
        closed = {name: ['deny'] for name in ('chmod', 'fchmodat', 'utimensat')}
        return {**quipu_policy.own_process_only(os.getpid()), **closed}

    def spawn(self, descriptors, limits):
        home = tempfile.mkdtemp(dir=self.home)
        parent = os.getpid()
        child = os.fork()
        if child:
            self.homes[child] = home
            return child
        try:
            quipu_jail.arrange({0: os.open('/dev/null', os.O_RDONLY), **descriptors})
            quipu_jail.reset_signals()
            kernel.die_with_parent()
            if os.getppid() != parent:
                quipu_jail.give_up()
            os.setsid()
            os.chdir(home)
            self.restrict(home)
            control = socket.socket(fileno=quipu_jail.CONTROL)
            quipu_jail.seal(control, self.conditions())
            quipu_jail.rehearse(control, self.paths)
            quipu_jail.work(control, self.paths)
        except BaseException:
            quipu_jail.give_up()

    def done(self, pid):
        home = self.homes.pop(pid, None)
        if home is not None:
            quipu_folders.remove(home)

    def leave(self):
        for home in self.homes.values():
            quipu_folders.remove(home)
        quipu_folders.remove(self.home)

    def home_of(self, pid):
        return self.homes[pid]

    def overfull(self, home, limits):
        return quipu_folders.overfull(home, limits['tmp'], limits['inodes'])


def write(path, text):
    with open(path, 'w') as file:
        file.write(text)


WALLS = {'warm': Namespaces, 'bubblewrap': Bubblewrap, 'landlock': Landlock}
