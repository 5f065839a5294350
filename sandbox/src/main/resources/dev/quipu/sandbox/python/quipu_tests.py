"""Runs tests: beside the code in one interpreter, or against the code in another jail."""
import ast
import sys

import quipu_errors
from quipu_asserts import Explained, failed, new_module, remember
from quipu_candidate import SYNTAX
from quipu_cover import Coverage
from quipu_expect import Plan

class Loaded:
    """What a style needs to run: the source of the tests, the code, and how to report."""

    def __init__(self, job, report, peer=None, names=()):
        self.job = job
        self.report = report
        self.peer = peer
        self.names = frozenset(names)
        self.limit = job['perTest']
        self.file = 'test_' + job['module'] + '.py'
        self.plan = None

    def parse(self):
        """Reads the tests and says which are expected. This comes before any of them, or of the code, runs."""
        if self.job['style'] == 'DOCTEST':
            import quipu_doctest
            self.plan = quipu_doctest.Examples(self.job)
        else:
            tree = ast.parse(self.job['tests'], self.file)
            self.plan = Plan(tree, self.job['module'], self.job['style'])
        reason = self.plan.unsplittable() if self.peer is not None else None
        self.report.emit(style=self.plan.style, expected=self.plan.expected(), unsplittable=reason)
        return reason is None

    def begin(self):
        if self.peer is not None:
            self.peer.begin()

    def wall(self):
        """How long a test has before its own jail interrupts it: later than the jail of the code does."""
        return self.limit if self.peer is None else self.limit + 0.5

    def code(self):
        return sys.modules[self.job['module']]

    def fill(self, target):
        """Gives the tests the names of the code that they use without importing them."""
        for name in sorted(self.plan.missing() & self.names):
            target[name] = getattr(self.code(), name)

    def tree(self):
        """The tests with asserts that explain themselves, and imports of all names spelled out.

        A star could bring a name of the code in place of a builtin or of the tests' own.
        """
        tree = Explained().visit(self.plan.tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == self.job['module']:
                if any(alias.name == '*' for alias in node.names):
                    wanted = sorted(self.plan.missing() & self.names)
                    node.names = [ast.alias(name, None) for name in wanted] or [ast.alias('__name__', '_quipu_no')]
                    ast.fix_missing_locations(node)
        return tree

    def module(self):
        module = new_module('test_' + self.job['module'], self.file, self.job['tests'])
        module._quipu_failed = failed
        self.fill(module.__dict__)
        return module


def load_code(job, report):
    """Loads the code into this interpreter; the answer is its coverage, or None if it failed."""
    file = job['module'] + '.py'
    try:
        code = compile(job['code'], file, 'exec', dont_inherit=True)
    except SYNTAX as error:
        report.emit(syntax=quipu_errors.describe_syntax(error, file))
        return None
    module = new_module(job['module'], file, job['code'])
    coverage = Coverage(code, job['coverage'])
    try:
        coverage.start()
        exec(code, module.__dict__)
    except BaseException as error:
        report.emit(failure=quipu_errors.describe(error))
        return None
    return coverage


def run(job, report, sock):
    """Both modes; a socket says that the code is in another jail."""
    remember(job['module'] + '.py', job.get('code', ''))
    if sock is None:
        in_process(job, report)
    else:
        split(job, report, sock)


def in_process(job, report):
    loaded = Loaded(job, report)
    try:
        loaded.parse()
    except SYNTAX as error:
        report.emit(syntax=quipu_errors.describe_syntax(error, loaded.file))
        return
    report.emit(started=True)
    coverage = load_code(job, report)
    if coverage is None:
        return
    loaded.names = frozenset(vars(loaded.code()))
    run_style(loaded)
    if coverage.wanted:
        report.emit(coverage=coverage.report())


def split(job, report, sock):
    import quipu_solution
    report.emit(started=True)
    peer, hello, module = quipu_solution.connect(sock, job)
    loaded = Loaded(job, report, peer, hello.get('names', ()) if module is not None else ())
    try:
        usable = loaded.parse()
    except SYNTAX as error:
        report.emit(syntax=quipu_errors.describe_syntax(error, loaded.file))
        return
    if module is None:
        report.emit(**{key: hello[key] for key in ('syntax', 'failure', 'gone') if key in hello} or {'gone': True})
        return
    if not usable:
        return
    run_style(loaded)
    if peer.broken:
        report.emit(broken=peer.broken)
    elif job['coverage']:
        found = peer.request({'q': 'coverage'}, module._quipu_root)
        if well_formed(found):
            report.emit(coverage=found)


def well_formed(found):
    """The code itself reports its coverage, so it may report anything."""
    return type(found) is list and len(found) == 2 and all(
        type(lines) is list and len(lines) < 200_000 and all(type(line) is int for line in lines) for lines in found)


def run_style(loaded):
    import quipu_styles
    try:
        quipu_styles.run(loaded)
    except SYNTAX as error:
        if isinstance(error, SyntaxError):
            loaded.report.emit(syntax=quipu_errors.describe_syntax(error, loaded.file))
        else:
            loaded.report.emit(failure=quipu_errors.describe(error))
    except BaseException as error:
        loaded.report.emit(failure=quipu_errors.describe(error))
    else:
        loaded.report.emit(done=True)
