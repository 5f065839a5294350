"""What of the machine a jail may read: the standard library, the shared objects it needs, and allowed packages."""
import os
import sys


def folders(packages):
    found = []

    def add(path):
        if path and os.path.isdir(path):
            real = os.path.realpath(path)
            for each in dict.fromkeys((path, real)):
                if not any(each == known or each.startswith(known + '/') for known in found):
                    found.append(each)

    for path in sys.path:
        if not path.endswith('.zip'):
            add(path)
    for path in loaded_from():
        add(path)
    add('/usr/share/zoneinfo')
    for path in packages:
        add(path)
    return found


def loaded_from():
    """Folders of the shared objects in this process; libraries that are loaded later lie beside them."""
    found = set()
    with open('/proc/self/maps') as maps:
        for line in maps:
            path = line.rstrip('\n').split(None, 5)[5:]
            if path and '.so' in path[0] and path[0].startswith('/'):
                found.add(os.path.dirname(path[0]))
    return sorted(found)


def preload():
    """Imports what most code and tests use, so that each job finds it there."""
    import abc, ast, asyncio, base64, bisect, collections, contextlib, copy, csv, dataclasses, datetime, decimal  # noqa: E401, F401
    import doctest, enum, fractions, functools, hashlib, heapq, inspect, io, itertools, json, linecache, math  # noqa: E401, F401
    import operator, pathlib, queue, random, re, statistics, string, tempfile, textwrap, threading, traceback  # noqa: E401, F401
    import typing, unittest, unittest.mock, uuid  # noqa: E401, F401
    import quipu_candidate, quipu_doctest, quipu_functions, quipu_pytest, quipu_rehearsal, quipu_solution  # noqa: E401, F401
    import quipu_styles, quipu_tests  # noqa: E401, F401
    unittest.defaultTestLoader.loadTestsFromModule(sys)
    'x'.encode('utf-16')
    quipu_rehearsal.rehearse()


def preload_pytest(paths):
    """Imports pytest if it lies on the paths. The answer is whether it does."""
    before = list(sys.path)
    sys.path.extend(paths)
    try:
        import pytest  # noqa: F401
        import _pytest.assertion.rewrite, _pytest.pathlib, _pytest.python, _pytest.runner, _pytest.terminal  # noqa: E401, F401
        return True
    except Exception:
        return False
    finally:
        sys.path[:] = before
