"""Jails that are ready before their job comes."""
import os
import select
import socket
import struct

import quipu_jail
import quipu_kernel
import quipu_wire

READY_SECONDS = 20


class Jail:
    """One process behind walls, and the supervisor's ends of its pipes."""

    def __init__(self, walls, limits):
        self.limits = limits
        self.listener = None
        self.status = None
        self.usage = None
        self.role = None
        self.control, theirs = socket.socketpair()
        pipes = [os.pipe() for _ in range(3)]
        self.out, self.err, self.report = (read for read, _ in pipes)
        ends = {1: pipes[0][1], 2: pipes[1][1], quipu_jail.CONTROL: theirs.fileno(), quipu_jail.REPORT: pipes[2][1]}
        try:
            self.pid = walls.spawn(ends, limits)
        finally:
            theirs.close()
            for _, write in pipes:
                os.close(write)
        for descriptor in (self.out, self.err, self.report):
            os.set_blocking(descriptor, False)

    def wait_until_sealed(self):
        """The jail's first and only message carries the descriptor that tells of forbidden calls."""
        self.control.settimeout(READY_SECONDS)
        word, descriptors, _, _ = socket.recv_fds(self.control, 1, 1)
        if word != b'r' or not descriptors:
            raise OSError('a jail could not be sealed: ' + self.complaint())
        self.listener = descriptors[0]

    def complaint(self):
        select.select([self.err], [], [], 1)
        try:
            return os.read(self.err, 4000).decode('utf-8', 'replace')
        except OSError:
            return 'it said nothing'

    def sealed(self):
        return self.listener is not None

    def ready_soon(self):
        return bool(select.select([self.control], [], [], 0)[0])

    def give(self, job, line):
        """Hands over the job, and one end of the line to the other jail."""
        body = quipu_wire.dump(job)
        head = struct.pack('>I', len(body))
        if line is None:
            self.control.sendall(head)
        else:
            socket.send_fds(self.control, [head], [line.fileno()])
        self.control.sendall(body)
        self.control.close()

    def violation(self, names):
        number = quipu_kernel.forbidden_call(self.listener)
        return names.get(number, 'system call %d' % number)

    def kill(self):
        if self.status is None:
            os.kill(self.pid, 9)

    def close(self):
        self.control.close()
        for descriptor in (self.out, self.err, self.report, self.listener):
            if descriptor is not None:
                os.close(descriptor)


class Pool:
    """Spare jails with the usual limits."""

    def __init__(self, walls, size, limits):
        self.walls = walls
        self.size = size
        self.limits = limits
        self.spare = []

    def refill(self):
        """Makes one jail if one is missing. The answer is whether it did."""
        if len(self.spare) >= self.size:
            return False
        self.spare.append(Jail(self.walls, self.limits))
        return True

    def take(self, limits):
        """A sealed jail. Unusual limits have one made for them."""
        usual = limits['tmp'] == self.limits['tmp'] and limits['inodes'] == self.limits['inodes']
        jail = self.spare.pop(0) if usual and self.spare else Jail(self.walls, limits)
        jail.limits = limits
        try:
            if not jail.sealed():
                jail.wait_until_sealed()
        except OSError:
            jail.kill()
            raise
        return jail

    def lost(self, pid):
        """A spare jail died by itself. The answer is whether it was one."""
        for jail in self.spare:
            if jail.pid == pid:
                self.spare.remove(jail)
                jail.close()
                return True
        return False
