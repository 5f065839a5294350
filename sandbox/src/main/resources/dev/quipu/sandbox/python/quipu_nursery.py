"""Makes jails. This process never sees a job, so no jail that it forks has anything of another job, nor the tests of its
own, in its memory. It ends when the supervisor does.
"""
import json
import os
import select
import signal
import socket

import quipu_jail
import quipu_wire


def children():
    """The processes right below this one, where a process table is in sight."""
    try:
        with open('/proc/self/task/%d/children' % os.getpid()) as listed:
            return {int(pid) for pid in listed.read().split()}
    except OSError:
        return set()


class Nursery:
    def __init__(self, walls, line, supervisor):
        self.walls = walls
        self.line = line
        self.supervisor = supervisor
        self.living = set()
        self.bell, ring = os.pipe()
        for end in (self.bell, ring):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(ring, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def loop(self):
        while True:
            ready, _, _ = select.select([self.line, self.bell], [], [])
            if self.bell in ready:
                self.reap()
            if self.line in ready:
                self.obey()

    def obey(self):
        try:
            message = self.line.recv(1 << 16)
        except ConnectionResetError:
            message = b''
        if not message:
            self.end()
        order = json.loads(message)
        if 'spawn' in order:
            self.spawn(order['spawn'])
        elif order['kill'] in self.living:
            os.kill(order['kill'], signal.SIGKILL)

    def end(self):
        """Leaves nothing behind: also not what a bwrap that dies half way through its start had begun, which has come to
        this process as its own child.
        """
        while True:
            for pid in self.living | children():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            self.living.clear()
            try:
                os.wait()
            except ChildProcessError:
                self.walls.leave()
                os._exit(0)

    def tell(self, message, descriptors=()):
        try:
            socket.send_fds(self.line, [quipu_wire.dump(message)], list(descriptors))
        except (BrokenPipeError, ConnectionResetError):
            self.end()

    def spawn(self, limits):
        ours, theirs = socket.socketpair()
        pipes = [os.pipe() for _ in range(3)]
        ends = {1: pipes[0][1], 2: pipes[1][1], quipu_jail.CONTROL: theirs.fileno(), quipu_jail.REPORT: pipes[2][1]}
        try:
            pid = self.walls.spawn(ends, limits)
            self.living.add(pid)
            self.tell({'spawned': pid, 'home': self.walls.home_of(pid)}, [ours.fileno()] + [read for read, _ in pipes])
        except OSError as error:
            self.tell({'failed': str(error)})
        finally:
            ours.close()
            theirs.close()
            for pair in pipes:
                for end in pair:
                    os.close(end)

    def reap(self):
        try:
            os.read(self.bell, 4096)
        except BlockingIOError:
            pass
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid == self.supervisor:
                self.end()
            if pid in self.living:
                self.living.discard(pid)
                self.walls.done(pid)
                self.tell({
                    'ended': pid, 'status': status, 'cpu': usage.ru_utime + usage.ru_stime, 'rss': usage.ru_maxrss})
