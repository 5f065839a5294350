"""The styles in which tests are written."""
import time
import unittest

import quipu_errors
from quipu_deadline import Deadline


def message_of(error):
    """The trace, and beneath it what the code's own jail said."""
    text = quipu_errors.trace_of(error)
    inner = getattr(error, '_quipu_trace', None)
    if type(inner) is str:
        text += '\nIn the code under test:\n' + inner
    return text


class Watch:
    """Runs one piece of a test at a time, with its deadline, and reports how it went."""

    def __init__(self, loaded):
        self.loaded = loaded
        self.report = loaded.report
        self.deadline = Deadline()

    def start(self):
        self.loaded.begin()
        self.began = time.perf_counter()
        self.deadline.start(self.loaded.wall())

    def stop(self):
        self.deadline.stop()
        return (time.perf_counter() - self.began) * 1000

    def judge(self, name, status, millis, message):
        """Reports a test; one during which something could not cross has not passed."""
        refused = self.loaded.peer.refused if self.loaded.peer is not None else None
        if refused and status == 'PASS':
            status, message = 'ERROR', refused
        self.report.test(name, status, millis, message)

    def run(self, name, action, skips=()):
        """Runs a test that is a function; whatever it raises is its result."""
        status, message = 'PASS', ''
        self.start()
        try:
            try:
                action()
            finally:
                millis = self.stop()
        except skips as skip:
            status, message = 'SKIP', str(skip)
        except AssertionError as error:
            status, message = 'FAIL', message_of(error)
        except BaseException as error:
            status, message = 'ERROR', message_of(error)
        self.judge(name, status, millis, message)


class Collected(unittest.TestResult):
    """Reports each test once, with the worst that was said of it."""

    ORDER = ('PASS', 'SKIP', 'FAIL', 'ERROR')

    def __init__(self, watch, prefix):
        super().__init__()
        self.watch = watch
        self.prefix = prefix
        self.status = None
        self.message = ''
        self.running = None

    def name(self, test):
        name = test.id()
        return name[len(self.prefix):] if name.startswith(self.prefix) else name

    def startTest(self, test):
        super().startTest(test)
        self.running, self.status, self.message = test, None, ''
        self.watch.start()

    def stopTest(self, test):
        super().stopTest(test)
        millis = self.watch.stop()
        self.watch.judge(self.name(test), self.status or 'ERROR', millis, self.message or 'no result')
        self.running = None

    def note(self, test, status, message=''):
        if self.running is None:
            self.watch.report.emit(fixture=self.name(test), status=status, message=message[:4000])
        elif self.status is None or self.ORDER.index(status) > self.ORDER.index(self.status):
            self.status, self.message = status, message

    def addSuccess(self, test):
        self.note(test, 'PASS', ' ')

    def addFailure(self, test, error):
        self.note(test, 'FAIL', message_of(error[1]))

    def addError(self, test, error):
        self.note(test, 'ERROR', message_of(error[1]))

    def addSkip(self, test, reason):
        self.note(test, 'SKIP', str(reason))

    def addExpectedFailure(self, test, error):
        self.note(test, 'PASS', ' ')

    def addUnexpectedSuccess(self, test):
        self.note(test, 'FAIL', 'passed, but was expected to fail')

    def addSubTest(self, test, subtest, error):
        if error is not None:
            status = 'FAIL' if issubclass(error[0], test.failureException) else 'ERROR'
            self.note(test, status, subtest._subDescription() + '\n' + message_of(error[1]))


def run_unittest(loaded, watch, module):
    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    loaded.report.emit(collected=[test.id()[len(module.__name__) + 1:] for test in flat(suite)])
    suite.run(Collected(watch, module.__name__ + '.'))


def flat(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flat(test)
        else:
            yield test


def execute(loaded, watch, module):
    """Runs the file of tests itself."""
    code = compile(loaded.tree(), loaded.file, 'exec', dont_inherit=True)
    watch.start()
    try:
        exec(code, module.__dict__)
    finally:
        watch.stop()


def run_check(loaded, watch, module):
    name = loaded.job['entry']
    check = module.check
    if name and name not in loaded.names:
        raise NameError('the code has no %s' % name)
    watch.run('check', lambda: check(*([getattr(loaded.code(), name)] if name else [])))


def run_asserts(loaded, watch, module):
    """Each assert at the top of the file is a test; what stands between them just runs."""
    import ast
    import copy
    plain = loaded.plan.tree
    expected = iter(loaded.plan.expected())
    kept = copy.copy(plain)
    for node in plain.body:
        kept.body = [node]
        loaded.plan.tree = copy.deepcopy(kept)
        code = compile(loaded.tree(), loaded.file, 'exec', dont_inherit=True)
        if isinstance(node, ast.Assert):
            watch.run(next(expected), lambda: exec(code, module.__dict__))
        else:
            watch.start()
            try:
                exec(code, module.__dict__)
            finally:
                watch.stop()


def run(loaded):
    watch = Watch(loaded)
    style = loaded.plan.style
    if style == 'DOCTEST':
        import quipu_doctest
        return quipu_doctest.run(loaded, watch)
    if style == 'PYTEST':
        import quipu_functions
        quipu_functions.prepare(loaded)
        module = loaded.module()
        execute(loaded, watch, module)
        return quipu_functions.run(loaded, watch, module)
    module = loaded.module()
    if style == 'ASSERTS':
        return run_asserts(loaded, watch, module)
    execute(loaded, watch, module)
    if style == 'UNITTEST':
        return run_unittest(loaded, watch, module)
    return run_check(loaded, watch, module)
