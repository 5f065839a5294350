"""A job while it runs: its jails, what they say, and when it is over."""
import base64
import os
import select
import socket
import time

REPORT = 8 << 20
# What Java takes in one frame has room for this, for the most that a job may print, and for their encoding.
RETURNED_FILES = 64 << 20
PIECE = 1 << 16
ROLES = {'script': ['script'], 'syntax': ['syntax'], 'tests': ['both'], 'split': ['code', 'tests']}


class Run:
    def __init__(self, message, jails, nested=False):
        self.nested = nested
        self.message = message
        self.number = message['id']
        self.limits = message['limits']
        self.jails = dict(zip(ROLES[message['mode']], jails))
        self.main = list(self.jails)[-1]
        self.output = {jail.out: bytearray() for jail in jails}
        self.output.update({jail.err: bytearray() for jail in jails})
        self.report = bytearray()
        self.report_limit = REPORT + (min(2 * self.limits['tmp'], RETURNED_FILES) if self.returns_files() else 0)
        self.open = set()
        self.ended = None
        self.violation = None
        self.started = time.monotonic()
        self.deadline = self.started + self.limits['wall']
        for jail in self.jails.values():
            self.open.update((jail.out, jail.err, jail.report))

    def returns_files(self):
        return any(part.get('outputs') for part in self.message['parts'].values())

    def begin(self):
        lines = socket.socketpair() if len(self.jails) == 2 else (None, None)
        for (role, jail), line in zip(self.jails.items(), lines):
            job = dict(self.message['parts'][role], role=role, limits=self.limits, **self.message['common'])
            jail.give(job, line)
        for line in lines:
            if line is not None:
                line.close()

    def end(self, why):
        """Kills what is left; the first reason counts."""
        self.ended = self.ended or why
        for jail in self.jails.values():
            jail.kill()

    def read(self, descriptor):
        """Takes in what a jail wrote. False when that pipe is closed."""
        try:
            piece = os.read(descriptor, PIECE)
        except BlockingIOError:
            return True
        if self.ended == 'output':
            pass  # Nobody wants to know how it goes on, until its jail has heard that it is over.
        elif descriptor in self.output:
            self.output[descriptor] += piece
        else:
            self.report += piece
        if sum(map(len, self.output.values())) > self.limits['output'] or len(self.report) > self.report_limit:
            self.end('output')
        return bool(piece)

    def drain(self):
        for descriptor in list(self.open):
            while self.ended != 'output' and self.read(descriptor):
                if not self.waiting(descriptor):
                    break

    @staticmethod
    def waiting(descriptor):
        return bool(select.select([descriptor], [], [], 0)[0])

    def over(self):
        return all(jail.status is not None for jail in self.jails.values())

    def main_is_over(self):
        return self.jails[self.main].status is not None

    def result(self):
        """What is known, for Java to judge."""
        self.drain()
        return {
            'id': self.number,
            'ended': self.ended,
            'nested': self.nested,
            'violation': self.violation,
            'report': base64.b64encode(self.believed()).decode('ascii'),
            'out': self.text('out'),
            'err': self.text('err'),
            'roles': {role: self.role(jail) for role, jail in self.jails.items()},
            'wall': time.monotonic() - self.started,
            'cpu': sum(jail.cpu for jail in self.jails.values()),
            'rss': max(jail.rss for jail in self.jails.values()),
        }

    def believed(self):
        """A report beyond its limit is none: nobody knows what its end would have said."""
        return self.report if len(self.report) <= self.report_limit else b''

    def text(self, which):
        parts = [self.output[getattr(jail, which)] for jail in reversed(self.jails.values())]
        return base64.b64encode(b''.join(parts)[:self.limits['output']]).decode('ascii')

    @staticmethod
    def role(jail):
        signalled = os.WIFSIGNALED(jail.status)
        return {
            'signal': os.WTERMSIG(jail.status) if signalled else 0,
            'exit': -1 if signalled else os.WEXITSTATUS(jail.status),
            'cpu': jail.cpu,
        }
