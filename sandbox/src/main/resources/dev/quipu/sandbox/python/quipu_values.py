"""How values cross between the jail of the code and the jail of the tests.

Only exact builtin types and a few of the standard library cross as values; they are built anew on the other side, so
nothing that the sender has defined comes along, no method and no __eq__. Everything else stays where it is and crosses
as a handle, by the two hooks. A mutable container has a reference number, by which it keeps its identity within one
call and by which a callee's changes come back to the caller's own object.
"""
import collections
import datetime
import decimal
import fractions
import pathlib
import uuid

DEPTH = 100
EXACT_IN_JSON = 1 << 53
DIGITS = 1 << 20


class Refused(TypeError):
    """The value cannot cross."""


def _zone(value):
    offset = value.utcoffset() if value.tzinfo else None
    return None if offset is None else offset.total_seconds()


def _zoned(value, seconds):
    return value if seconds is None else value.replace(tzinfo=datetime.timezone(datetime.timedelta(seconds=seconds)))


# exact type: (tag, to plain parts, from plain parts)
STANDARD = {
    decimal.Decimal: ('Decimal', lambda v: [str(v)], lambda s: decimal.Decimal(s)),
    fractions.Fraction: ('Fraction', lambda v: [v.numerator, v.denominator], lambda n, d: fractions.Fraction(n, d)),
    datetime.datetime: (
        'datetime', lambda v: [v.replace(tzinfo=None).isoformat(), _zone(v)],
        lambda s, z: _zoned(datetime.datetime.fromisoformat(s), z)),
    datetime.date: ('date', lambda v: [v.isoformat()], lambda s: datetime.date.fromisoformat(s)),
    datetime.time: (
        'time', lambda v: [v.replace(tzinfo=None).isoformat(), _zone(v)],
        lambda s, z: _zoned(datetime.time.fromisoformat(s), z)),
    datetime.timedelta: (
        'timedelta', lambda v: [v.days, v.seconds, v.microseconds], lambda d, s, m: datetime.timedelta(d, s, m)),
    range: ('range', lambda v: [v.start, v.stop, v.step], lambda a, b, c: range(a, b, c)),
    slice: ('slice', lambda v: [v.start, v.stop, v.step], lambda a, b, c: slice(a, b, c)),
    uuid.UUID: ('uuid', lambda v: [v.hex], lambda s: uuid.UUID(s)),
    pathlib.PosixPath: ('path', lambda v: [str(v)], lambda s: pathlib.Path(s)),
    type(Ellipsis): ('ellipsis', lambda v: [], lambda: Ellipsis),
    type(NotImplemented): ('notimplemented', lambda v: [], lambda: NotImplemented),
}
MAKERS = {tag: make for tag, _, make in STANDARD.values()}
MAPPINGS = {dict: 'd', collections.OrderedDict: 'od', collections.Counter: 'ct', collections.defaultdict: 'dd'}
SEQUENCES = {list: 'l', set: 's', collections.deque: 'q'}
FROZEN = {tuple: 't', frozenset: 'z'}
MUTABLE = {**MAPPINGS, **SEQUENCES, bytearray: 'ba'}
BASES = (bool, int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset, dict)
_PLAIN_NAMES = {base: frozenset(dir(base)) for base in BASES}


def plain_base(kind):
    """The builtin that instances of a subclass can be cut down to: one that adds no public method of its own."""
    for base in BASES:
        if issubclass(kind, base) and base is not bool:
            own = {name for name in dir(kind) if not name.startswith('_')}
            return base if own <= _PLAIN_NAMES[base] else None
    return None


class Encoder:
    """Turns values into JSON. `export` answers for what is no value."""

    def __init__(self, export, known=()):
        self.export = export
        self.kept = list(known)
        self.numbers = {id(value): number for number, value in enumerate(self.kept)}
        self.done = set()

    def encode(self, value, depth=0):
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value
        if kind is int:
            return value if -EXACT_IN_JSON < value < EXACT_IN_JSON else {'i': hex(value)}
        if kind is float:
            return {'f': value.hex()}
        if depth > DEPTH:
            raise Refused('a value nested deeper than %d levels cannot cross between code and tests' % DEPTH)
        if kind in MUTABLE:
            return self.container(value, MUTABLE[kind], depth)
        if kind in FROZEN:
            return {FROZEN[kind]: [self.encode(item, depth + 1) for item in value]}
        if kind is bytes:
            return {'b': value.hex()}
        if kind is complex:
            return {'c': [value.real.hex(), value.imag.hex()]}
        if kind in STANDARD:
            tag, parts, _ = STANDARD[kind]
            return {'x': [tag, [self.encode(part, depth + 1) for part in parts(value)]]}
        return self.other(value, kind, depth)

    def container(self, value, tag, depth):
        number = self.numbers.get(id(value))
        if number is None:
            number = len(self.kept)
            self.numbers[id(value)] = number
            self.kept.append(value)
        if number in self.done:
            return {'r': number}
        self.done.add(number)
        if tag == 'ba':
            content = value.hex()
        elif isinstance(value, dict):
            content = [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in list(value.items())]
        else:
            content = [self.encode(item, depth + 1) for item in list(value)]
        return {tag: content, 'r': number}

    def other(self, value, kind, depth):
        if issubclass(kind, tuple) and isinstance(getattr(kind, '_fields', None), tuple):
            items = [self.encode(item, depth + 1) for item in tuple.__iter__(value)]
            return {'nt': [kind.__name__, [str(field) for field in kind._fields], items]}
        base = plain_base(kind)
        if base is not None:
            return self.encode(cut(base, value), depth)
        return self.export(value, self, depth)


def cut(base, value):
    """The value as its builtin sees it, without asking what its subclass has to say."""
    if base is dict:
        return dict(dict.items(value))
    if base in (list, tuple, set, frozenset):
        return base(base.__iter__(value))
    if base is int:
        return int.__add__(value, 0)
    if base is float:
        return float.__add__(value, 0.0)
    if base is complex:
        return complex.__add__(value, 0)
    if base is str:
        return str.__str__(value) if type(value) is str else ''.join(str.__iter__(value))
    return base(base.__getitem__(value, slice(None)))


class Decoder:
    """Builds values from JSON. `take` answers for handles; `known` are the receiver's own containers by number."""

    def __init__(self, take, known=()):
        self.take = take
        self.known = dict(enumerate(known))

    def decode(self, data):
        kind = type(data)
        if data is None or kind is bool or kind is str or kind is int:
            return data
        if kind is not dict or not data:
            raise ValueError('malformed value')
        tag = next(iter(data))
        reader = self.READERS.get(tag)
        if reader is not None:
            return reader(self, data[tag], data)
        return self.take(data, self)

    def items(self, content):
        if type(content) is not list:
            raise ValueError('malformed value')
        return [self.decode(item) for item in content]

    def reference(self, content, data):
        return self.known[content]

    def container(self, empty, fill):
        def read(self, content, data):
            number = data.get('r')
            target = self.known.get(number)
            if target is None or type(target) is not type(empty()):
                target = empty()
                self.known[number] = target
            fill(self, target, content)
            return target
        return read

    def fill_list(self, target, content):
        target[:] = self.items(content)

    def fill_deque(self, target, content):
        items = self.items(content)
        target.clear()
        target.extend(items)

    def fill_set(self, target, content):
        items = self.items(content)
        target.clear()
        target.update(items)

    def fill_dict(self, target, content):
        pairs = [(self.decode(key), self.decode(value)) for key, value in content]
        target.clear()
        for key, value in pairs:
            target[key] = value

    def fill_bytes(self, target, content):
        target[:] = bytes.fromhex(content)

    def standard(self, content, data):
        tag, parts = content
        return MAKERS[tag](*self.items(parts))

    def named_tuple(self, content, data):
        name, fields, items = content
        return named(str(name), tuple(map(str, fields)))._make(self.items(items))

    def integer(self, content, data):
        if len(content) > DIGITS:
            raise ValueError('an integer of more than %d digits' % DIGITS)
        return int(content, 16)

    READERS = {
        'r': reference,
        'i': integer,
        'f': lambda self, content, data: float.fromhex(content),
        'b': lambda self, content, data: bytes.fromhex(content),
        'c': lambda self, content, data: complex(float.fromhex(content[0]), float.fromhex(content[1])),
        't': lambda self, content, data: tuple(self.items(content)),
        'z': lambda self, content, data: frozenset(self.items(content)),
        'l': container(None, list, fill_list),
        's': container(None, set, fill_set),
        'q': container(None, collections.deque, fill_deque),
        'd': container(None, dict, fill_dict),
        'od': container(None, collections.OrderedDict, fill_dict),
        'ct': container(None, collections.Counter, fill_dict),
        'dd': container(None, collections.defaultdict, fill_dict),
        'ba': container(None, bytearray, fill_bytes),
        'x': standard,
        'nt': named_tuple,
    }


NAMED = {}


def named(name, fields):
    """A named tuple of our own making with these fields; the same one each time, so that its instances are alike."""
    key = (name, fields)
    if key not in NAMED:
        NAMED[key] = collections.namedtuple(name if name.isidentifier() else 'Tuple', fields, rename=True)
    return NAMED[key]
