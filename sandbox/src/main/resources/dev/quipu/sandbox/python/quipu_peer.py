"""One end of the line between the jail of the code and the jail of the tests."""
import asyncio
import builtins
import copy
import math
import operator
import threading
import weakref

import quipu_errors
import quipu_handles
import quipu_wire
from quipu_handles import CLASS, FOREIGN, NEW, OWN, Handle
from quipu_values import Decoder, Encoder, Refused

MESSAGE = 8 << 20
PURE = frozenset("""
abs all any ascii bin bool bytearray bytes chr complex dict divmod enumerate filter float format frozenset hash hex int
isinstance issubclass iter len list map max min next object oct ord pow range repr reversed round set slice sorted str
sum tuple type zip
""".split())


class Gone(RuntimeError):
    """The other jail ended, broke the protocol, or does not answer."""


class ByName:
    """What both jails have by themselves crosses by its name."""

    @staticmethod
    def name(value):
        name = getattr(value, '__name__', None)
        if type(name) is not str:
            return None
        for module in (math, operator):
            if vars(module).get(name) is value:
                return module.__name__ + '.' + name
        if name in PURE and getattr(builtins, name) is value:
            return 'builtins.' + name
        owner = getattr(getattr(value, '__objclass__', None), '__name__', None)
        if owner in PURE and getattr(getattr(builtins, owner), name, None) is value:
            return owner + '.' + name
        return None

    @staticmethod
    def value(text):
        where, name = text.split('.')
        if name.startswith('_'):
            raise ValueError('malformed name')
        if where in ('math', 'operator'):
            return getattr(math if where == 'math' else operator, name)
        if where == 'builtins' and name in PURE:
            return getattr(builtins, name)
        if where in PURE:
            return getattr(getattr(builtins, where), name)
        raise ValueError('malformed name')


class Peer:
    careful = False

    def __init__(self, sock):
        self.sock = sock
        self.lock = threading.RLock()
        self.objects = {}
        self.numbers = {}
        self.last = 0
        self.kinds = {}
        self.kind_numbers = {}
        self.handle_kinds = {}
        self.handles = weakref.WeakValueDictionary()
        self.errors = quipu_errors.ErrorClasses()
        self.freed = []
        self.broken = None

    # -- what crosses besides values

    def number_of(self, value):
        number = self.numbers.get(id(value))
        if number is None:
            self.last += 1
            number = self.last
            self.numbers[id(value)] = number
            self.objects[number] = value
        return number

    def kind_of(self, kind):
        number = self.kind_numbers.get(kind)
        if number is None:
            number = self.kind_numbers[kind] = len(self.kind_numbers) + 1
            self.kinds[number] = kind
        return number

    def lineage(self, kind):
        found = []
        for each in kind.__mro__:
            if each is object or each is quipu_errors.Foreign:
                continue
            builtin = quipu_errors.builtin_error(each.__name__) is each
            found.append(each.__name__ if builtin else [self.kind_of(each), each.__name__])
        return found

    def export(self, value, encoder, depth):
        if isinstance(value, Handle):
            return {'o': value._quipu_id}
        if isinstance(value, type) and issubclass(value, BaseException):
            if issubclass(value, quipu_errors.Foreign):
                return {'O': value._quipu_number}
            return {'E': self.lineage(value)}
        if isinstance(value, BaseException):
            return self.error(value, encoder, depth)
        name = ByName.name(value)
        if name:
            return {'n': name}
        self.allow(value)
        kind = type(value)
        fresh = kind not in self.kind_numbers
        described = {'h': self.number_of(value), 'T': self.kind_of(kind)}
        if fresh:
            described['name'] = kind.__name__
            described['operators'] = quipu_handles.operators_of(kind)
        if isinstance(value, type):
            described['class'] = True
        return described

    def allow(self, value):
        """Raises Refused for an object that must not be handed to the other jail."""

    def error(self, value, encoder, depth):
        kind = type(value)
        foreign = kind._quipu_number if issubclass(kind, quipu_errors.Foreign) else None
        arguments, state = [], []
        for argument in value.args:
            arguments.append(self.plainly(argument, encoder, depth))
        for name, attribute in list(getattr(value, '__dict__', {}).items()):
            if type(name) is str and not name.startswith('_'):
                state.append([name, self.plainly(attribute, encoder, depth)])
        return {
            'e': self.lineage(kind) if foreign is None else [],
            'of': foreign,
            'a': arguments,
            'd': state,
            't': quipu_errors.text_of(value),
            'trace': quipu_errors.trace_of(value),
        }

    @staticmethod
    def plainly(value, encoder, depth):
        try:
            return encoder.encode(value, depth + 1)
        except Exception:
            return quipu_errors.text_of(value)

    def take(self, data, decoder):
        if 'h' in data:
            return self.handle(data)
        if 'o' in data:
            return self.objects[data['o']]
        if 'n' in data:
            return ByName.value(data['n'])
        if 'E' in data:
            return self.errors.of(data['E'])
        if 'O' in data:
            return self.kinds[data['O']]
        if 'e' in data:
            return self.taken_error(data, decoder)
        raise ValueError('malformed value')

    def taken_error(self, data, decoder):
        kind = self.errors.of(data['e']) if data['of'] is None else self.kinds[data['of']]
        arguments = [decoder.decode(item) for item in data['a']]
        try:
            error = kind(*arguments)
        except Exception:
            error = kind.__new__(kind)
            error.args = tuple(arguments)
        for name, value in data['d']:
            if type(name) is str and not name.startswith('_'):
                try:
                    setattr(error, name, decoder.decode(value))
                except (AttributeError, TypeError):
                    pass
        if kind.__str__ is BaseException.__str__ and type(data['t']) is str and str(error) != data['t']:
            error.args = (data['t'],)
        error._quipu_trace = str(data['trace'])
        return error

    def handle(self, data):
        number = data['h']
        known = self.handles.get(number)
        if number in self.freed:
            self.freed = [each for each in self.freed if each != number]
        if known is not None:
            if known._quipu_own in (NEW, OWN):
                object.__setattr__(known, '_quipu_own', FOREIGN)
            return known
        if data['T'] not in self.handle_kinds:
            self.handle_kinds[data['T']] = quipu_handles.handle_class(str(data['name']), list(data['operators']))
        origin = CLASS if data.get('class') is True else NEW
        handle = self.handle_kinds[data['T']](self, number, origin)
        self.handles[number] = handle
        return handle

    def release(self, number):
        self.freed.append(number)

    # -- requests

    def request(self, message, target, arguments=(), named=None):
        with self.lock:
            self.require()
            encoder = Encoder(self.export)
            message['o'] = target._quipu_id
            message['a'] = [encoder.encode(argument) for argument in arguments]
            if named:
                message['k'] = [[name, encoder.encode(value)] for name, value in named.items()]
            message['free'], self.freed = self.freed, []
            self.prepare(message)
            self.send(message)
            return self.answer(encoder.kept)

    def refuse(self, why):
        raise Refused(why)

    def require(self):
        if self.broken:
            raise Gone(self.broken)

    def prepare(self, message):
        """Adds what else the other side should know."""

    def send(self, message):
        body = quipu_wire.dump(message)
        if len(body) > MESSAGE:
            raise Refused('a value of more than %d bytes cannot cross between code and tests' % MESSAGE)
        try:
            self.sock.sendall(quipu_wire.frame(body))
        except OSError:
            self.lost('the code under test ended')

    def receive(self):
        try:
            message = quipu_wire.receive(self.sock, MESSAGE)
            if type(message) is not dict:
                raise ValueError('malformed message')
            return message
        except (quipu_wire.Closed, OSError):
            self.lost('the code under test ended')
        except (ValueError, RecursionError):
            self.lost('the code under test broke the protocol')

    def lost(self, why):
        self.broken = self.broken or why
        raise Gone(self.broken)

    def answer(self, known):
        while True:
            message = self.receive()
            if 'q' in message:
                self.serve(message)
                continue
            return self.answered(message, known)

    def answered(self, message, known):
        try:
            decoder = Decoder(self.take, known)
            if 'm' in message:
                decoder.items(message['m'])
            self.printed(message.get('out'))
            if 'x' in message:
                result = decoder.decode(message['x'])
            else:
                return decoder.decode(message['v'])
        except Gone:
            raise
        except Exception:
            self.lost('the code under test broke the protocol')
        raise result if isinstance(result, BaseException) else Gone('no exception')

    def printed(self, text):
        """What the other side printed."""

    # -- service

    def serve(self, message):
        try:
            self.free(message.get('free', ()))
            decoder = Decoder(self.take)
            arguments = decoder.items(message['a'])
            named = {str(name): decoder.decode(value) for name, value in message.get('k', ())}
            target = self.objects[message['o']]
        except Exception:
            return self.reply({'x': Encoder(self.export).encode(TypeError('malformed request'))})
        known = list(decoder.known.values())
        before = self.state(known)
        try:
            result, failed = self.perform(message, target, arguments, named), False
        except BaseException as error:
            result, failed = error, True
        encoder = Encoder(self.export, known)
        answer = {}
        try:
            if known and self.state(known) != before:
                answer['m'] = [encoder.encode(value) for value in known]
            answer['x' if failed else 'v'] = encoder.encode(result)
        except Exception as error:
            answer = {'x': Encoder(self.export).encode(error if isinstance(error, Refused) else Refused(str(error)))}
        self.reply(answer)

    def state(self, containers):
        """What mutable arguments hold, to see whether a call has changed them."""
        if not containers:
            return b''
        try:
            encoder = Encoder(self.export, containers)
            return quipu_wire.dump([encoder.encode(value) for value in containers])
        except Exception:
            return None

    def reply(self, answer):
        try:
            self.send(answer)
        except Refused as refused:
            self.send({'x': Encoder(self.export).encode(refused)})

    def free(self, numbers):
        for number in numbers:
            value = self.objects.pop(number, None)
            self.numbers.pop(id(value), None)

    def perform(self, message, target, arguments, named):
        what, name = message['q'], message.get('n')
        if what == 'call':
            return target(*arguments, **named)
        if what == 'get':
            return getattr(target, name)
        if what == 'set':
            return setattr(target, name, arguments[0])
        if what == 'delete':
            return delattr(target, name)
        if what == 'operator':
            if name not in quipu_handles.OPERATORS:
                raise TypeError('no such operator')
            return getattr(type(target), name)(target, *arguments)
        if what == 'await':
            return asyncio.run(awaited(target))
        return SIMPLE[what](target, *arguments)


async def awaited(target):
    return await target


SIMPLE = {
    'repr': repr,
    'str': str,
    'format': format,
    'dir': dir,
    'copy': copy.copy,
    'deepcopy': copy.deepcopy,
    'isinstance': lambda kind, value: isinstance(value, kind),
    'issubclass': lambda kind, value: issubclass(value, kind),
}
