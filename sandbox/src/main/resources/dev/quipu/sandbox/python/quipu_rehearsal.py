"""A small job of the sandbox's own, which a jail goes through before its job comes.

A forked process shares memory with the one it comes from until it writes to it, and the first write to each page costs a
fault. What a rehearsal touches is what every job touches, so those faults are over before anybody waits for them.
"""
import contextlib
import linecache
import os
import select
import signal
import socket
import sys

import quipu_wire
from quipu_report import Report

MODULE = 'rehearsal'
CODE = 'def twice(x): return x + x\n'
TESTS = """
import unittest
from rehearsal import twice
class TestTwice(unittest.TestCase):
    def test_number(self): self.assertEqual(twice(2), 4)
    def test_none(self):
        with self.assertRaises(TypeError): twice(None)
"""
JOB = {'module': MODULE, 'coverage': False, 'perTest': 60.0, 'pytest': [], 'code': CODE, 'tests': TESTS,
       'style': 'UNITTEST', 'entry': ''}

# What the one side says to the other; each is played against a recording of the other.
FUNCTION = {'h': 1, 'T': 1, 'name': 'function', 'operators': ['__call__']}
ERROR = {'e': ['TypeError', 'Exception', 'BaseException'], 'of': None, 'a': ['no'], 'd': [], 't': 'no', 'trace': ''}
ANSWERS = [{'names': ['twice'], 'out': ''}, {'v': FUNCTION}, {'x': ERROR}, {'v': FUNCTION}, {'v': 4}]
REQUESTS = [
    {'q': 'get', 'n': 'twice', 'o': 0, 'a': [], 'free': [], 'limit': 60.0},
    {'q': 'call', 'o': 1, 'a': [2], 'free': [], 'limit': 60.0},
    {'q': 'call', 'o': 1, 'a': [None], 'free': [], 'limit': 60.0},
]


def rehearse(audience=None):
    """Goes through the job, as far as nobody at the audience's end waits already. Leaves nothing behind."""
    screens = sys.stdin, sys.stdout, sys.stderr
    silence = os.open('/dev/null', os.O_WRONLY)
    try:
        for act in (alone, tests, code):
            if audience is not None and select.select([audience], [], [], 0)[0]:
                break
            act(Report(silence))
            clear()
    finally:
        sys.stdin, sys.stdout, sys.stderr = screens
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        os.close(silence)


def clear():
    for name in (MODULE, 'test_' + MODULE):
        sys.modules.pop(name, None)
        linecache.cache.pop(name + '.py', None)


def alone(report):
    import quipu_tests
    quipu_tests.run(JOB, report, None)


def tests(report):
    import quipu_tests
    with played(ANSWERS) as line:
        quipu_tests.run(dict(JOB, code=''), report, line)


def code(report):
    import quipu_candidate
    with played(REQUESTS) as line:
        quipu_candidate.run(JOB, line)


@contextlib.contextmanager
def played(messages):
    """A line on whose other end everything has been said already."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for message in messages:
            quipu_wire.send(ours, message)
        ours.shutdown(socket.SHUT_WR)
        yield theirs
