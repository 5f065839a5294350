"""Tests that are functions with plain asserts, as pytest runs them.

Where pytest itself is there and the tests import it, it runs them; else this module does, with a stand-in for the part of
pytest that unit tests of functions use.
"""
import asyncio
import inspect
import io
import os
import sys
import unittest

import quipu_styles


def prepare(loaded):
    """Makes `import pytest` work, for tests that do so: by pytest itself where it is installed."""
    if 'pytest' not in loaded.plan.bound:
        return
    sys.path.extend(loaded.job['pytest'])
    try:
        import pytest  # noqa: F401
        return
    except ImportError:
        pass
    import quipu_pytest
    sys.modules['pytest'] = quipu_pytest


def run(loaded, watch, module):
    pytest = sys.modules.get('pytest')
    if 'pytest' in loaded.plan.bound and pytest is not None and hasattr(pytest, 'main'):
        import quipu_realpytest
        return quipu_realpytest.run(loaded, watch, module)
    cases = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, unittest.TestCase)]
    groups = [
        value for name, value in vars(module).items()
        if name.startswith('Test') and isinstance(value, type) and value not in cases]
    for name, function in list(vars(module).items()):
        if name.startswith('test') and inspect.isfunction(function):
            run_function(watch, module, name, function)
    for group in groups:
        run_group(watch, module, group)
    if cases:
        quipu_styles.run_unittest(loaded, watch, module)


def run_group(watch, module, group):
    for name in dir(group):
        if name.startswith('test'):
            instance = group()
            function = getattr(instance, name)
            if callable(function):
                setup = getattr(instance, 'setup_method', None)
                teardown = getattr(instance, 'teardown_method', None)
                run_function(watch, module, group.__name__ + '.' + name, function, setup, teardown)


def run_function(watch, module, name, function, setup=None, teardown=None):
    skips = getattr(sys.modules.get('pytest'), 'Skipped', ())
    for label, values in variants(function):
        def action():
            with Fixtures(module, values) as fixtures:
                with_hook(setup, function)
                try:
                    result = function(**fixtures.arguments(function))
                    if inspect.iscoroutine(result):
                        asyncio.run(result)
                finally:
                    with_hook(teardown, function)
        watch.run(name + label, wrapped(function, action), skips)


def with_hook(hook, function):
    if hook is not None:
        hook(*([function] if inspect.signature(hook).parameters else []))


def wrapped(function, action):
    """Applies the marks for tests that are left out or have to fail."""
    marks = getattr(function, '_quipu_marks', [])
    for mark, reason in marks:
        if mark == 'skip':
            def skip():
                raise sys.modules['pytest'].Skipped(reason)
            return skip
        if mark == 'xfail':
            def expected_to_fail():
                try:
                    action()
                except Exception:
                    return
                raise AssertionError('passed, but was expected to fail')
            return expected_to_fail
    return action


def variants(function):
    """The rows of parametrize, each with its label; one without values for a plain test."""
    rows = [('', {})]
    for names, values, labels in getattr(function, '_quipu_rows', []):
        rows = [
            (label + '-' + str(text) if label else str(text), {**known, **dict(zip(names, row))})
            for label, known in rows for text, row in zip(labels, values)]
    return [('[%s]' % label if label else '', known) for label, known in rows]


class Fixtures:
    """The values of a test's parameters: of its row, of fixtures in the file, and of a few that pytest brings."""

    def __init__(self, module, values):
        self.module = module
        self.values = dict(values)
        self.open = []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for generator in reversed(self.open):
            next(generator, None)

    def arguments(self, function):
        return {name: self.value(name) for name, parameter in inspect.signature(function).parameters.items()
                if name != 'self' and (name in self.values or parameter.default is parameter.empty)}

    def value(self, name):
        if name not in self.values:
            self.values[name] = self.make(name)
        return self.values[name]

    def make(self, name):
        for candidate in vars(self.module).values():
            if getattr(candidate, '_quipu_fixture', None) == name:
                result = candidate.function(**self.arguments(candidate.function))
                if inspect.isgenerator(result):
                    self.open.append(result)
                    result = next(result)
                return result
        if name == 'tmp_path':
            import pathlib
            import tempfile
            return pathlib.Path(tempfile.mkdtemp(dir=os.getcwd()))
        if name == 'capsys':
            return self.capture()
        raise LookupError("fixture '%s' not found" % name)

    def capture(self):
        screens = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = io.StringIO(), io.StringIO()

        def restore():
            yield
            sys.stdout, sys.stderr = screens

        restoring = restore()
        next(restoring)
        self.open.append(restoring)
        return Captured()


class Captured:
    """Stands for pytest's capsys."""

    def readouterr(self):
        import collections
        texts = []
        for stream in (sys.stdout, sys.stderr):
            texts.append(stream.getvalue())
            stream.seek(0)
            stream.truncate()
        return collections.namedtuple('CaptureResult', 'out err')(*texts)
