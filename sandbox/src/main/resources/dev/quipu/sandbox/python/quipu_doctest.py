"""Examples in docstrings, and in texts."""
import ast
import builtins
import doctest
import io
import sys


class Examples:
    """The examples, found by reading the source only; stands where a Plan stands for other styles."""

    style = 'DOCTEST'

    def __init__(self, job):
        self.module = job['module']
        self.tests = []
        parser = doctest.DocTestParser()
        texts = [('examples', job['tests'])] if job['tests'].strip() else docstrings(job['code'], job['module'])
        for name, text in texts:
            test = parser.get_doctest(text, {}, name, self.module + '.py', 0)
            if test.examples:
                self.tests.append(test)

    def expected(self):
        return [test.name for test in self.tests]

    def unsplittable(self):
        return None


def docstrings(code, module):
    found = []

    def visit(node, path):
        text = ast.get_docstring(node, clean=True)
        if text:
            found.append(('.'.join(path) or module, text))
        for child in node.body:
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                visit(child, path + [child.name])

    try:
        visit(ast.parse(code), [])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return found


def run(loaded, watch):
    names = {name: getattr(loaded.code(), name) for name in loaded.names
             if not hasattr(builtins, name) and not name.startswith('_')}
    for test in loaded.plan.tests:
        test.globs = dict(names, __name__='__main__')
        watch.run(test.name, lambda: run_one(test))


def run_one(test):
    said = io.StringIO()
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    screen = sys.stdout
    try:
        runner.run(test, out=said.write, clear_globs=False)
    finally:
        sys.stdout = screen
    if runner.failures:
        raise AssertionError(said.getvalue())
