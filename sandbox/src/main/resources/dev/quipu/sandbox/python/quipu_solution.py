"""The code under test as the tests see it: a module whose every name lives in the other jail."""
import collections.abc
import functools
import io
import sys
import time
import types
import unittest
import unittest.mock

import quipu_wire
from quipu_deadline import TooSlow
from quipu_handles import FOREIGN, Handle, handle_class
from quipu_peer import MESSAGE, Gone, Peer
from quipu_values import Refused

FUNCTIONS = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, functools.partial)
STREAMS = (io.StringIO, io.BytesIO)
MOCKS = unittest.mock.NonCallableMock


class Tests(Peer):
    """The tests' end of the line. What the code may do with the tests' objects is little, and listed here."""

    careful = True

    def __init__(self, sock, limit, module):
        super().__init__(sock)
        self.limit = limit
        self.module = module
        self.refused = None
        self.begin()

    def begin(self):
        """A test begins; its time is counted from here."""
        self.started = time.monotonic()
        self.refused = None

    def refuse(self, why):
        """Remembered, so that a test that expects a TypeError does not take this one for the code's."""
        self.refused = why
        raise Refused(why)

    def request(self, message, target, arguments=(), named=None):
        try:
            return super().request(message, target, arguments, named)
        except Refused as refused:
            self.refused = str(refused)
            raise

    def prepare(self, message):
        message['limit'] = self.limit - (time.monotonic() - self.started)

    def receive(self):
        try:
            return super().receive()
        except TooSlow:
            self.broken = 'the code under test does not answer'
            raise

    def printed(self, text):
        if type(text) is str and text:
            sys.stdout.write(text)

    def own(self, value):
        return type(value).__module__ == self.module and not isinstance(value, unittest.TestCase)

    def allow(self, value):
        usable = (
            isinstance(value, FUNCTIONS + STREAMS + (MOCKS, collections.abc.Iterator, types.CoroutineType))
            or self.own(value) or type(value) is object
            or isinstance(value, type) and value.__module__ == self.module)
        if not usable:
            raise Refused('a %s of the tests cannot cross to the code' % type(value).__name__)

    def perform(self, message, target, arguments, named):
        what, name = message['q'], message.get('n')
        if what in ('get', 'set', 'delete'):
            self.check_attribute(what, target, name, arguments)
        elif what == 'operator' and isinstance(target, type):
            raise Refused('the code may only call a class of the tests')
        elif what not in ('call', 'operator', 'repr', 'str', 'format'):
            raise Refused('the code may not do this with an object of the tests')
        return super().perform(message, target, arguments, named)

    def check_attribute(self, what, target, name, arguments):
        if type(name) is not str or name.startswith('_'):
            raise AttributeError(name)
        if isinstance(target, MOCKS):
            allowed = what == 'get' and not hasattr(unittest.mock.MagicMock, name) and not name.startswith('assert')
        elif isinstance(target, STREAMS) or isinstance(target, type):
            allowed = what == 'get'
        else:
            allowed = self.own(target)
            if what != 'get':
                # An own method of the tests' class may be what judges; it is not replaced by the code.
                allowed = allowed and not callable(getattr(type(target), name, None)) and not any(
                    isinstance(argument, Handle) and '__call__' in type(argument).operators for argument in arguments)
        if not allowed:
            raise AttributeError(name)


class Solution(types.ModuleType):
    """The module that tests import."""

    def __init__(self, name, peer, names):
        super().__init__(name)
        root = handle_class('module', [])(peer, 0, FOREIGN)
        self.__dict__.update(_quipu_root=root, _quipu_names=frozenset(names), __file__=name + '.py')

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return getattr(self._quipu_root, name)

    def __setattr__(self, name, value):
        setattr(self._quipu_root, name, value)

    def __delattr__(self, name):
        delattr(self._quipu_root, name)

    def __dir__(self):
        return sorted(self._quipu_names)


def connect(sock, job):
    """Waits until the code is loaded. The answer is the peer, what was said, and the module if there is one."""
    peer = Tests(sock, job['perTest'], 'test_' + job['module'])
    try:
        hello = quipu_wire.receive(sock, MESSAGE)
        if type(hello) is not dict:
            raise ValueError()
    except (quipu_wire.Closed, OSError, ValueError, RecursionError):
        return peer, {'gone': True}, None
    peer.printed(hello.get('out'))
    names = hello.get('names')
    if type(names) is not list or not all(type(name) is str for name in names):
        return peer, hello, None
    module = Solution(job['module'], peer, names)
    sys.modules[job['module']] = module
    return peer, hello, module


__all__ = ['Gone', 'connect']
