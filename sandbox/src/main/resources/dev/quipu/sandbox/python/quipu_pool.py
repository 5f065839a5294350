"""Jails that are ready before their job comes."""
import collections
import json
import os
import queue
import select
import socket
import struct
import threading

import quipu_kernel
import quipu_wire

READY_SECONDS = 20
# A jail's mounts would be taken down while it exits, and its end be heard only afterwards. So they are held until its job
# has its verdict, and taken down aside.
undertaker = queue.SimpleQueue()


def bury():
    while True:
        os.close(undertaker.get())


class Jail:
    """One process behind walls, and the supervisor's ends of its pipes."""

    def __init__(self, pid, home, descriptors, kill):
        self.pid = pid
        self.home = home
        self.kill_by = kill
        self.listener = None
        self.mounts = []
        self.status = None
        self.killed = False
        self.cpu = 0
        self.rss = 0
        control, self.out, self.err, self.report = descriptors
        self.control = socket.socket(fileno=control)
        for descriptor in (self.out, self.err, self.report):
            os.set_blocking(descriptor, False)

    def wait_until_sealed(self):
        """The jail's first and only message carries descriptors: what tells of forbidden calls, what holds its mounts."""
        self.control.settimeout(READY_SECONDS)
        word, descriptors, _, _ = socket.recv_fds(self.control, 1, 2)
        if word != b'r' or not descriptors:
            raise OSError('a jail could not be sealed: ' + self.complaint())
        self.listener, *self.mounts = descriptors

    def complaint(self):
        select.select([self.err], [], [], 1)
        try:
            return os.read(self.err, 4000).decode('utf-8', 'replace')
        except OSError:
            return 'it said nothing'

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
        """Has it killed; once is enough."""
        if self.status is None and not self.killed:
            self.killed = True
            self.kill_by(self.pid)

    def close(self):
        self.control.close()
        for descriptor in (self.out, self.err, self.report, self.listener):
            if descriptor is not None:
                os.close(descriptor)
        for descriptor in self.mounts:
            undertaker.put(descriptor)


class Pool:
    """Spare jails with the usual limits, ordered from the nursery ahead of their use."""

    def __init__(self, line, size, limits, buried):
        self.line = line
        self.size = size
        self.limits = limits
        self.buried = buried
        self.spare = collections.deque()
        self.special = collections.deque()
        self.ordered = collections.deque()
        self.trouble = None
        threading.Thread(target=bury, daemon=True).start()
        self.refill()

    def refill(self):
        while len(self.spare) + self.ordered.count('spare') < self.size:
            self.order(self.limits, 'spare')

    def order(self, limits, kind):
        self.ordered.append(kind)
        self.line.send(quipu_wire.dump({'spawn': {'tmp': limits['tmp'], 'inodes': limits['inodes']}}))

    def kill(self, pid):
        self.line.send(quipu_wire.dump({'kill': pid}))

    def hear(self):
        """Takes one message of the nursery."""
        message, descriptors, _, _ = socket.recv_fds(self.line, 1 << 16, 4)
        if not message:
            os._exit(1)
        told = json.loads(message)
        if 'ended' in told:
            self.end(told)
            return
        kind = self.ordered.popleft()
        if 'failed' in told:
            self.trouble = told['failed']
            return
        shelf = self.spare if kind == 'spare' else self.special
        shelf.append(Jail(told['spawned'], told['home'], descriptors, self.kill))

    def end(self, told):
        for jail in list(self.spare):
            if jail.pid == told['ended']:
                self.spare.remove(jail)
                jail.close()
                return
        self.buried(told)

    def take(self, limits):
        """A sealed jail. Unusual limits have one made for them."""
        usual = limits['tmp'] == self.limits['tmp'] and limits['inodes'] == self.limits['inodes']
        kind, shelf = ('spare', self.spare) if usual else ('special', self.special)
        if not shelf and kind not in self.ordered:
            self.order(limits, kind)
        # A special one is always waited for, so none is left that was made for other limits.
        while kind in self.ordered and not shelf:
            self.hear()
        if not shelf:
            raise OSError(self.trouble)
        jail = shelf.popleft()
        try:
            jail.wait_until_sealed()
        except OSError:
            jail.kill()
            jail.close()
            raise
        return jail
