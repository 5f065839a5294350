"""The jail of the code under test: loads it, and does what the tests ask of it."""
import io
import sys

import quipu_errors
import quipu_wire
from quipu_asserts import new_module
from quipu_cover import Coverage
from quipu_deadline import Deadline
from quipu_peer import Gone, Peer

SYNTAX = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)


class Printed(io.StringIO):
    """Standard output of the code; the tests see it where they see their own."""

    def take(self):
        text = self.getvalue()
        if text:
            self.seek(0)
            self.truncate()
        return text


class Candidate(Peer):
    def __init__(self, sock):
        super().__init__(sock)
        self.deadline = Deadline()
        self.output = Printed()
        self.depth = 0
        self.coverage = None

    def load(self, job):
        """Tells the tests how loading went; answers whether there is something to serve."""
        file = job['module'] + '.py'
        try:
            code = compile(job['code'], file, 'exec', dont_inherit=True)
        except SYNTAX as error:
            quipu_wire.send(self.sock, {'syntax': quipu_errors.describe_syntax(error, file)})
            return False
        module = new_module(job['module'], file, job['code'])
        self.objects[0] = module
        self.coverage = Coverage(code, job['coverage'])
        sys.stdout = self.output
        try:
            self.coverage.start()
            exec(code, module.__dict__)
        except BaseException as error:
            quipu_wire.send(self.sock, {'failure': quipu_errors.describe(error), 'out': self.output.take()})
            return False
        names = [name for name in module.__dict__ if type(name) is str and not name.startswith('__')]
        quipu_wire.send(self.sock, {'names': names, 'out': self.output.take()})
        return True

    def run(self):
        while True:
            try:
                self.serve(self.receive())
            except Gone:
                return

    def perform(self, message, target, arguments, named):
        if message['q'] == 'coverage':
            return self.coverage.report()
        self.depth += 1
        try:
            if self.depth == 1:
                self.deadline.start(message['limit'])
            return super().perform(message, target, arguments, named)
        finally:
            self.depth -= 1
            if self.depth == 0:
                self.deadline.stop()

    def send(self, message):
        if 'q' not in message:
            text = self.output.take()
            if text:
                message['out'] = text
        super().send(message)


def run(job, sock):
    candidate = Candidate(sock)
    if candidate.load(job):
        candidate.run()
