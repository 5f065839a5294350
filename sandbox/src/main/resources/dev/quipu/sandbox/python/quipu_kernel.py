"""The kernel calls that Python does not offer, by ctypes. Each raises OSError with what was tried."""
import ctypes
import fcntl
import os
import struct

import quipu_filter

NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, REC, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
DETACH = 2
PDEATHSIG, DUMPABLE, BOUNDING_DROP, CHILD_SUBREAPER, NO_NEW_PRIVS = 1, 4, 24, 36, 38
LAST_CAPABILITY = 63
FILTER_LISTENER = 8
NOTIFICATION = struct.Struct('=QIIiIQ6Q')
RECEIVE_NOTIFICATION = 0xC0502100

PIDFD_MOUNT_NAMESPACE = 0xFF03

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


class Program(ctypes.Structure):
    _fields_ = [('length', ctypes.c_ushort), ('filter', ctypes.c_void_p)]


def check(result, what):
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, what + ': ' + os.strerror(code))
    return result


def call(name, *arguments):
    return check(libc.syscall(ctypes.c_long(quipu_filter.number(name)), *arguments), name)


def unshare(flags):
    check(libc.unshare(flags), 'unshare')


def enter(namespace, kind):
    check(libc.setns(namespace, kind), 'setns')


def mount(source, target, kind, flags, data=None):
    def text(value):
        return None if value is None else value.encode()

    done = libc.mount(text(source), text(target), text(kind), ctypes.c_ulong(flags), text(data))
    check(done, 'mount ' + target)


def unmount(target):
    check(libc.umount2(target.encode(), DETACH), 'umount ' + target)


def prctl(option, value=0):
    zero = ctypes.c_ulong(0)
    return check(libc.prctl(option, ctypes.c_ulong(value), zero, zero, zero), 'prctl %d' % option)


def mount_namespace():
    """A descriptor that keeps this process's mount namespace alive, in a list; none before Linux 6.11."""
    try:
        process = os.pidfd_open(os.getpid())
    except (AttributeError, OSError):
        return []
    try:
        return [fcntl.ioctl(process, PIDFD_MOUNT_NAMESPACE)]
    except OSError:
        return []
    finally:
        os.close(process)


def adopt_orphans():
    """Processes below this one come to it when their parent dies."""
    prctl(CHILD_SUBREAPER, 1)


def die_with_parent():
    prctl(PDEATHSIG, 9)


def drop_privileges():
    """Nothing can be gained by execve from here on, and no capability is left, nor one to come back to."""
    prctl(NO_NEW_PRIVS, 1)
    for capability in range(LAST_CAPABILITY + 1):
        if libc.prctl(BOUNDING_DROP, ctypes.c_ulong(capability), 0, 0, 0) < 0:
            break
    header = struct.pack('=Ii', 0x20080522, 0)
    check(libc.capset(header, struct.pack('=6I', 0, 0, 0, 0, 0, 0)), 'capset')


def install_filter(code):
    """Installs a seccomp filter for good. The answer is the descriptor that tells of forbidden calls."""
    buffer = ctypes.create_string_buffer(code, len(code))
    program = Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    return call('seccomp', 1, FILTER_LISTENER, ctypes.byref(program))


def forbidden_call(listener):
    """The number of the call that a jail was stopped at."""
    notification = bytearray(NOTIFICATION.size)
    fcntl.ioctl(listener, RECEIVE_NOTIFICATION, notification)
    return NOTIFICATION.unpack(notification)[3]
