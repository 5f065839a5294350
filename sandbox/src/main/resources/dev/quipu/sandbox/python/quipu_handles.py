"""Stand-ins for objects that live in the other jail.

In the jail of the tests they are careful: where a test compares what the code returned with a plain value, the code is
never asked, for it could say yes to everything or learn the expected value. Its own operators count only between two
of its own objects, or on objects that a test has made itself from one of the code's classes.
"""

UNARY = """
__len__ __iter__ __next__ __bool__ __int__ __float__ __complex__ __index__ __abs__ __neg__ __pos__ __invert__
__round__ __floor__ __ceil__ __trunc__ __reversed__ __enter__ __exit__ __call__ __getitem__ __setitem__
__delitem__ __await__ __get__
""".split()
ARITHMETIC = """
add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or
""".split()
BINARY = ['__%s%s__' % (form, name) for name in ARITHMETIC for form in ('', 'r', 'i')]
ORDER = ['__lt__', '__le__', '__gt__', '__ge__']
OPERATORS = frozenset(UNARY + BINARY + ORDER + ['__contains__', '__eq__', '__hash__'])
READABLE = frozenset(['__name__', '__doc__', '__qualname__', '__module__', '__annotations__', '__members__'])


def operators_of(kind):
    """Which operators objects of a class have of their own."""
    found = []
    for name in OPERATORS:
        method = getattr(kind, name, None)
        if method is not None and method is not getattr(object, name, None):
            found.append(name)
    return found


# How a handle came: a class; first seen now; made by a test from a class, and never seen again since; anything else.
CLASS, NEW, OWN, FOREIGN = range(4)


class Handle:
    """An object of the other jail."""

    __slots__ = ('_quipu_peer', '_quipu_id', '_quipu_own', '__weakref__')

    def __init__(self, peer, number, own):
        object.__setattr__(self, '_quipu_peer', peer)
        object.__setattr__(self, '_quipu_id', number)
        object.__setattr__(self, '_quipu_own', own)

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__') and name not in READABLE:
            raise AttributeError(name)
        return self._quipu_peer.request({'q': 'get', 'n': name}, self)

    def __setattr__(self, name, value):
        self._quipu_peer.request({'q': 'set', 'n': name}, self, (value,))

    def __delattr__(self, name):
        self._quipu_peer.request({'q': 'delete', 'n': name}, self)

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Handle):
            return NotImplemented
        return '__eq__' in type(self).operators and operate(self, '__eq__', (other,)) is True

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    def __hash__(self):
        return operate(self, '__hash__', ()) if '__hash__' in type(self).operators else id(self)

    def __repr__(self):
        return plain_text(self._quipu_peer.request({'q': 'repr'}, self))

    def __str__(self):
        return plain_text(self._quipu_peer.request({'q': 'str'}, self))

    def __format__(self, spec):
        return plain_text(self._quipu_peer.request({'q': 'format'}, self, (spec,)))

    def __copy__(self):
        return self._quipu_peer.request({'q': 'copy'}, self)

    def __deepcopy__(self, memo):
        return self._quipu_peer.request({'q': 'deepcopy'}, self)

    def __reduce_ex__(self, protocol):
        raise TypeError('an object of the other jail cannot be pickled')

    def __mro_entries__(self, bases):
        raise TypeError('tests in a jail of their own cannot extend a class of the code; run them in-process')

    def __dir__(self):
        return sorted(str(name) for name in self._quipu_peer.request({'q': 'dir'}, self))

    def __instancecheck__(self, value):
        return isinstance(value, Handle) and self._quipu_peer.request({'q': 'isinstance'}, self, (value,)) is True

    def __subclasscheck__(self, value):
        return isinstance(value, Handle) and self._quipu_peer.request({'q': 'issubclass'}, self, (value,)) is True

    def __del__(self):
        try:
            self._quipu_peer.release(self._quipu_id)
        except AttributeError:
            pass


def plain_text(value):
    return value if type(value) is str else '<no text>'


def operate(handle, name, arguments):
    return handle._quipu_peer.request({'q': 'operator', 'n': name}, handle, arguments)


def call(handle, *arguments, **named):
    return grown(handle, CLASS, handle._quipu_peer.request({'q': 'call'}, handle, arguments, named))


def grown(handle, origin, result):
    """Marks what a test has made from a class, or from what it has made."""
    if handle._quipu_own == origin and isinstance(result, Handle) and result._quipu_own == NEW:
        object.__setattr__(result, '_quipu_own', OWN)
    return result


def unary(name):
    def method(self, *arguments):
        return operate(self, name, arguments)
    return method


def binary(name):
    def method(self, other):
        if self._quipu_peer.careful and self._quipu_own != OWN and not isinstance(other, Handle):
            self._quipu_peer.refuse(
                'the code returned a %s where the test reckons with a plain value' % type(self).__name__)
        return grown(self, OWN, operate(self, name, (other,)))
    return method


def order(name):
    def method(self, other):
        if self._quipu_peer.careful and not isinstance(other, Handle):
            self._quipu_peer.refuse(
                'the code returned a %s, which a test cannot order with a plain value' % type(self).__name__)
        return operate(self, name, (other,)) is True
    return method


def contains(self, item):
    if not self._quipu_peer.careful or self._quipu_own == OWN or isinstance(item, Handle):
        return operate(self, '__contains__', (item,)) is True
    return any(item is each or item == each for each in self)


def iterate(self):
    return self if '__next__' in type(self).operators else operate(self, '__iter__', ())


def wait(self):
    yield from ()
    return self._quipu_peer.request({'q': 'await'}, self)


def handle_class(name, operators):
    """A class of handles for one class of the other jail."""
    body = {'__slots__': (), 'operators': frozenset(operators)}
    for operator in operators:
        if operator in ('__eq__', '__hash__') or operator not in OPERATORS:
            continue
        if operator in BINARY:
            body[operator] = binary(operator)
        elif operator in ORDER:
            body[operator] = order(operator)
        else:
            body[operator] = unary(operator)
    special = {'__call__': call, '__contains__': contains, '__iter__': iterate, '__await__': wait}
    body.update({operator: method for operator, method in special.items() if operator in operators})
    if '__iter__' in operators and '__contains__' not in operators:
        body['__contains__'] = contains
    body.pop('__get__', None)
    return type(name if name.isidentifier() else 'Object', (Handle,), body)
