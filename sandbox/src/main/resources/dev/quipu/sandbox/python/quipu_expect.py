"""Reads from the source of tests what they are, before anything of them runs: which tests must report, and how."""
import ast
import builtins

CASES = {'TestCase', 'IsolatedAsyncioTestCase'}
STAND_INS = {'patch', 'monkeypatch', 'mocker'}


class Plan:
    """What is known of a file of tests."""

    def __init__(self, tree, module, style='AUTO'):
        self.tree = tree
        self.module = module
        self.bound = set()
        self.used = set()
        self.aliases = set()
        self.starred = False
        self.cases = []
        self.functions = []
        self.asserts = 0
        self.survey()
        self.read_body()
        self.style = style if style != 'AUTO' else self.guess()

    # -- names

    def survey(self):
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name):
                (self.used if isinstance(node.ctx, ast.Load) else self.bound).add(node.id)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.bound.add(node.name)
            elif isinstance(node, ast.arg):
                self.bound.add(node.arg)
            elif isinstance(node, ast.ExceptHandler) and node.name:
                self.bound.add(node.name)
            elif isinstance(node, ast.ImportFrom) and any(alias.name == '*' for alias in node.names):
                self.starred = self.starred or node.module == self.module
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                self.read_import(node)

    def read_import(self, node):
        for alias in node.names:
            self.bound.add(alias.asname or alias.name.split('.')[0])
            from_code = isinstance(node, ast.ImportFrom) and node.module == self.module
            if from_code or isinstance(node, ast.Import) and alias.name == self.module:
                self.aliases.add(alias.asname or alias.name)

    def missing(self):
        """Names that the tests use and neither bind nor have from Python; the code may supply these and no others."""
        return {name for name in self.used if name not in self.bound and not hasattr(builtins, name)}

    # -- tests

    def read_body(self):
        classes = {}
        for node in self.tree.body:
            if isinstance(node, ast.ClassDef):
                classes[node.name] = node
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith('test'):
                self.functions.append(node.name)
            elif isinstance(node, ast.Assert):
                self.asserts += 1
            elif isinstance(node, ast.Delete):
                for target in node.targets:
                    classes.pop(getattr(target, 'id', ''), None)
        self.functions = list(dict.fromkeys(self.functions))
        self.classes = classes
        for name in classes:
            if self.is_case(name):
                self.cases += [name + '.' + method for method in self.methods(name)]

    def bases(self, name):
        return [getattr(base, 'attr', getattr(base, 'id', '')) for base in self.classes[name].bases]

    def is_case(self, name, seen=()):
        if name in CASES:
            return True
        return name in self.classes and name not in seen and any(
            self.is_case(base, seen + (name,)) for base in self.bases(name))

    def methods(self, name, seen=()):
        found = []
        for base in self.bases(name):
            if base in self.classes and base not in seen:
                found += self.methods(base, seen + (name,))
        for node in self.classes[name].body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith('test'):
                found.append(node.name)
        return list(dict.fromkeys(found))

    def grouped(self):
        """Methods of plain classes, as pytest collects them."""
        return [
            name + '.' + method for name in self.classes
            if name.startswith('Test') and not self.is_case(name) for method in self.methods(name)]

    def guess(self):
        if self.cases and not self.functions:
            return 'UNITTEST'
        if self.functions or self.grouped() or 'pytest' in self.bound:
            return 'PYTEST'
        check = any(isinstance(node, ast.FunctionDef) and node.name == 'check' for node in self.tree.body)
        return 'CHECK' if check else 'ASSERTS'

    def expected(self):
        if self.style == 'UNITTEST':
            return self.cases
        if self.style == 'PYTEST':
            return self.functions + self.grouped() + self.cases
        if self.style == 'CHECK':
            return ['check']
        lines = [node.lineno for node in self.tree.body if isinstance(node, ast.Assert)]
        return ['assert_%d (line %d)' % (number + 1, line) for number, line in enumerate(lines)]

    # -- what only works in one interpreter

    def unsplittable(self):
        """Why these tests need the code in their own interpreter; None if they do not."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ClassDef):
                for base in node.bases:
                    if self.is_code(base) and not self.names_error(base):
                        return 'class %s extends a class of the code' % node.name
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names = [alias.name for alias in node.names] + [getattr(node, 'module', None)]
                if 'inspect' in names:
                    return 'the tests inspect the code'
            if isinstance(node, ast.Call) and self.replaces_library(node):
                return 'the tests replace parts of the library under the code'
            if isinstance(node, ast.arg) and node.arg in ('monkeypatch', 'mocker'):
                return 'the tests replace parts of the library under the code'
            if isinstance(node, ast.Assign) and any(self.is_library(target) for target in node.targets):
                return 'the tests replace parts of the library under the code'
        return None

    def is_code(self, node):
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and (node.id in self.aliases or node.id in self.missing())

    @staticmethod
    def names_error(node):
        return getattr(node, 'attr', getattr(node, 'id', '')).endswith(('Error', 'Exception'))

    @staticmethod
    def is_library(node):
        return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (
            node.value.id in ('sys', 'os', 'builtins', 'time') and node.attr not in ('path',))

    def replaces_library(self, node):
        function = node.func
        name = getattr(function, 'attr', getattr(function, 'id', ''))
        owner = getattr(getattr(function, 'value', None), 'attr', getattr(getattr(function, 'value', None), 'id', ''))
        if name == 'patch' and node.args and isinstance(node.args[0], ast.Constant):
            return not str(node.args[0].value).startswith(self.module + '.')
        if owner == 'patch' and name in ('object', 'dict', 'multiple') and node.args:
            return not self.is_code(node.args[0])
        return False
