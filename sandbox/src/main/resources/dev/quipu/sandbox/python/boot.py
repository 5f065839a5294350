"""Loads the sandbox's own modules from a pipe, so that nothing of it lies in a folder that somebody could change.

argv: 'supervisor', with the sources on standard input, or 'jail', with compiled code on descriptor 3.
"""
import importlib.abc
import importlib.machinery
import json
import marshal
import os
import struct
import sys


class Sources(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules whose code is held in memory."""

    def __init__(self, codes):
        self.codes = codes

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self) if name in self.codes else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.codes[module.__name__], module.__dict__)


def frame(stream):
    size, = struct.unpack('>I', stream.read(4))
    return stream.read(size)


if sys.argv[1] == 'supervisor':
    sources = json.loads(frame(sys.stdin.buffer))
    codes = {name: compile(text, '<' + name + '>', 'exec') for name, text in sources.items()}
else:
    codes = marshal.loads(os.pread(3, os.fstat(3).st_size, 0))
sys.meta_path.insert(0, Sources(codes))
if sys.argv[1] == 'supervisor':
    import quipu_supervisor
    quipu_supervisor.main(codes)
else:
    import quipu_jail
    quipu_jail.main_of_program()
