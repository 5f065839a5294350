"""Which lines of one file ran."""
import sys
import threading
import types


def lines_of(code):
    """Lines that hold something to run, but for the headers of the functions and classes themselves."""
    found = {line for _, _, line in code.co_lines() if line} if hasattr(code, 'co_lines') else old_lines(code)
    if code.co_name != '<module>':
        found.discard(code.co_firstlineno)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found |= lines_of(constant)
    return found


def old_lines(code):
    import dis
    return {line for _, line in dis.findlinestarts(code)}


class Coverage:
    def __init__(self, code, wanted):
        self.wanted = wanted
        self.file = code.co_filename
        self.lines = lines_of(code) if wanted else set()
        self.lines.discard(0)
        self.ran = set()

    def start(self):
        if self.wanted:
            threading.settrace(self.trace)
            sys.settrace(self.trace)

    def trace(self, frame, event, argument):
        if frame.f_code.co_filename != self.file:
            return None
        self.ran.add(frame.f_lineno)
        return self.trace

    def report(self):
        return [sorted(self.lines), sorted(self.ran & self.lines)] if self.wanted else None
