"""Plain asserts that say what they compared, and modules made from source."""
import ast
import linecache
import sys
import types

SHOWN = 600
SYMBOLS = {
    ast.Eq: '==', ast.NotEq: '!=', ast.Lt: '<', ast.LtE: '<=', ast.Gt: '>', ast.GtE: '>=',
    ast.Is: 'is', ast.IsNot: 'is not', ast.In: 'in', ast.NotIn: 'not in',
}


def shown(value):
    try:
        text = repr(value)
    except BaseException as error:
        text = '<%s in repr>' % type(error).__name__
    return text if len(text) <= SHOWN else text[:SHOWN] + '...'


def failed(source, symbol, values, message):
    """The exception of an assert that did not hold."""
    if message is not None:
        said = '%s\n' % (message,)
    else:
        said = ''
    if symbol == '==':
        return AssertionError('%s%s\n  got:      %s\n  expected: %s' % (said, source, shown(values[0]), shown(values[1])))
    if len(values) == 2:
        return AssertionError('%s%s\n  left:  %s\n  right: %s' % (said, source, shown(values[0]), shown(values[1])))
    return AssertionError('%s%s\n  got: %s' % (said, source, shown(values[0])))


class Explained(ast.NodeTransformer):
    """Rewrites `assert a == b` so that a failure tells both values. Each operand is evaluated once, as before."""

    def visit_Assert(self, node):
        self.generic_visit(node)
        source = ast.unparse(node.test)
        source = source if len(source) <= SHOWN else source[:SHOWN] + '...'
        compare = isinstance(node.test, ast.Compare) and len(node.test.ops) == 1
        operands = [node.test.left, node.test.comparators[0]] if compare else [node.test]
        names = ['_quipu_left', '_quipu_right'][:len(operands)]
        loads = [ast.Name(name, ast.Load()) for name in names]
        test = ast.Compare(loads[0], node.test.ops, [loads[1]]) if compare else loads[0]
        symbol = SYMBOLS[type(node.test.ops[0])] if compare else ''
        message = node.msg or ast.Constant(None)
        error = ast.Call(
            ast.Name('_quipu_failed', ast.Load()),
            [ast.Constant('assert ' + source), ast.Constant(symbol), ast.Tuple(loads, ast.Load()), message], [])
        statements = [ast.Assign([ast.Name(name, ast.Store())], value) for name, value in zip(names, operands)]
        statements.append(ast.If(ast.UnaryOp(ast.Not(), test), [ast.Raise(error, None)], []))
        return [ast.fix_missing_locations(ast.copy_location(each, node)) for each in statements]


def remember(name, source):
    """Lets traces show the source."""
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)


def new_module(name, file, source):
    module = types.ModuleType(name)
    module.__file__ = file
    module.__builtins__ = __builtins__
    sys.modules[name] = module
    remember(file, source)
    return module
