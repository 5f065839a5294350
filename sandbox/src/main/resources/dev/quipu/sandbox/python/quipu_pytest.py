"""The part of pytest that unit tests of functions use, for machines without pytest."""
import re


class Skipped(BaseException):
    pass


def skip(reason='', **named):
    raise Skipped(reason)


def fail(reason='', **named):
    raise AssertionError(reason)


class raises:
    def __init__(self, expected, match=None):
        self.expected = expected
        self.match_text = match
        self.value = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            names = self.expected if isinstance(self.expected, tuple) else (self.expected,)
            raise AssertionError('did not raise ' + ' or '.join(each.__name__ for each in names))
        if not issubclass(kind, self.expected):
            return False
        self.value, self.type = error, kind
        if self.match_text is not None:
            self.match(self.match_text)
        return True

    def match(self, pattern):
        if not re.search(pattern, str(self.value)):
            raise AssertionError('%r does not match %r' % (str(self.value), pattern))


class approx:
    def __init__(self, expected, rel=None, abs=None, nan_ok=False):
        self.expected, self.rel, self.abs, self.nan_ok = expected, rel, abs, nan_ok

    def __repr__(self):
        return 'approx(%r)' % (self.expected,)

    def near(self, actual, expected):
        if isinstance(expected, dict):
            return type(actual) is dict and actual.keys() == expected.keys() and all(
                self.near(actual[key], value) for key, value in expected.items())
        if isinstance(expected, (list, tuple)):
            return type(actual) is type(expected) and len(actual) == len(expected) and all(
                self.near(one, other) for one, other in zip(actual, expected))
        if type(actual) not in (int, float, complex, bool) or not isinstance(expected, (int, float, complex)):
            return type(actual) is type(expected) and actual == expected
        if expected != expected:
            return self.nan_ok and actual != actual
        if actual == expected:
            return True
        absolute = 1e-12 if self.abs is None else self.abs
        relative = (1e-6 if self.rel is None else self.rel) if self.abs is None or self.rel is not None else 0
        return abs(actual - expected) <= max(absolute, relative * abs(expected))

    def __eq__(self, actual):
        return self.near(actual, self.expected)

    def __ne__(self, actual):
        return not self == actual

    __hash__ = None


class Fixture:
    def __init__(self, function, name):
        self.function = function
        self._quipu_fixture = name


def fixture(function=None, name=None, **named):
    if function is None:
        return lambda each: Fixture(each, name or each.__name__)
    return Fixture(function, function.__name__)


class param:
    def __init__(self, *values, id=None, marks=()):
        self.values, self.id = values, id


class Mark:
    @staticmethod
    def parametrize(names, rows, ids=None):
        names = [each.strip() for each in names.split(',')] if isinstance(names, str) else list(names)
        values, labels = [], []
        for number, row in enumerate(rows):
            label = row.id if isinstance(row, param) else None
            row = row.values if isinstance(row, param) else row if len(names) > 1 else (row,)
            values.append(tuple(row))
            labels.append(label or (ids[number] if isinstance(ids, (list, tuple)) else str(number)))

        def decorate(function):
            function._quipu_rows = [(names, values, labels)] + getattr(function, '_quipu_rows', [])
            return function
        return decorate

    @staticmethod
    def skip(function=None, reason=''):
        return marked('skip', reason)(function) if callable(function) else marked('skip', reason or function or '')

    @staticmethod
    def skipif(condition, reason=''):
        return marked('skip', reason) if condition else lambda function: function

    @staticmethod
    def xfail(function=None, reason='', **named):
        return marked('xfail', reason)(function) if callable(function) else marked('xfail', reason)

    def __getattr__(self, name):
        def decorate(*arguments, **named):
            return arguments[0] if len(arguments) == 1 and callable(arguments[0]) else lambda function: function
        return decorate


def marked(mark, reason):
    def decorate(function):
        function._quipu_marks = getattr(function, '_quipu_marks', []) + [(mark, reason)]
        return function
    return decorate


mark = Mark()
