"""How exceptions cross: by names of classes, text and plain attributes, never as objects."""
import builtins
import traceback

TEXT = 4000


class Foreign:
    """Marks exception classes that stand for one of the other jail."""


def text_of(error):
    try:
        return str.__str__(str(error))[:TEXT]
    except BaseException:
        return '<no text>'


def hidden(frame):
    """Frames of the sandbox and of unittest tell nobody anything."""
    return frame.f_code.co_filename.startswith('<quipu_') or '__unittest' in frame.f_globals


def trace_of(error, limit=TEXT):
    """The trace as Python prints it, without frames that are not of the code or its tests; long ones keep their ends."""
    try:
        shown, trace = [], error.__traceback__
        summaries = traceback.extract_tb(trace)
        for summary in summaries:
            if not hidden(trace.tb_frame):
                shown.append(summary)
            trace = trace.tb_next
        head = ['Traceback (most recent call last):\n'] if shown else []
        text = ''.join(head + traceback.format_list(shown) + traceback.format_exception_only(type(error), error))
    except BaseException:
        text = type(error).__name__
    return text if len(text) <= limit else text[:limit // 2] + '\n...\n' + text[-limit // 2:]


def place_of(error):
    """File and line of the innermost frame that is not the sandbox's, nor the library's."""
    found = ('', 0)
    trace = getattr(error, '__traceback__', None)
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if not name.startswith(('<', '/')):
            found = (name, trace.tb_lineno)
        trace = trace.tb_next
    return found


def describe(error):
    file, line = place_of(error)
    code = getattr(error, 'errno', None)
    return {
        'type': type(error).__name__,
        'message': text_of(error),
        'file': file,
        'line': line,
        'trace': trace_of(error),
        'errno': code if type(code) is int else 0,
    }


def describe_syntax(error, file):
    text = getattr(error, 'text', None) or ''
    return {
        'file': file,
        'line': getattr(error, 'lineno', None) or 0,
        'column': getattr(error, 'offset', None) or 0,
        'message': '%s: %s' % (type(error).__name__, getattr(error, 'msg', None) or text_of(error)),
        'text': text.rstrip('\n')[:300] if isinstance(text, str) else '',
    }


def builtin_error(name):
    """The builtin exception class of that name, if tests may see it raised."""
    kind = getattr(builtins, name, None) if type(name) is str else None
    usable = isinstance(kind, type) and issubclass(kind, BaseException) and kind is not KeyboardInterrupt
    return kind if usable else None


class ErrorClasses:
    """Local classes for exception classes of the other jail, by their numbers there."""

    def __init__(self):
        self.classes = {}

    def of(self, lineage):
        """The class for a lineage: names of builtins, and [number, name] of the others, most derived first."""
        if not lineage:
            return RuntimeError
        first = lineage[0]
        if type(first) is str:
            return builtin_error(first) or RuntimeError
        number, name = first
        if number not in self.classes:
            parent = self.of(lineage[1:])
            more = [builtin_error(each) for each in lineage[1:] if type(each) is str]
            bases = [parent] + [each for each in more if each and not issubclass(parent, each)]
            label = name if type(name) is str and name.isidentifier() else 'Error'
            self.classes[number] = self.make(label, bases, number)
        return self.classes[number]

    @staticmethod
    def make(name, bases, number):
        for chosen in (tuple(bases), (bases[0],)):
            try:
                return type(name, chosen + (Foreign,), {'_quipu_number': number, '__module__': 'solution'})
            except TypeError:
                continue
        return type(name, (RuntimeError, Foreign), {'_quipu_number': number})
