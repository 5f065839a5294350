"""The pipe by which a jail tells what happened, a JSON record a line."""
import json
import os

_write, _dumps = os.write, json.dumps
MESSAGE = 4000


def cut(text):
    return text if len(text) <= MESSAGE else text[:MESSAGE // 2] + '\n...\n' + text[-MESSAGE // 2:]


class Report:
    def __init__(self, descriptor):
        self.descriptor = descriptor

    def emit(self, **record):
        data = _dumps(record, ensure_ascii=True).encode('ascii') + b'\n'
        while data:
            data = data[_write(self.descriptor, data):]

    def test(self, name, status, millis, message=''):
        self.emit(test=name, status=status, ms=round(millis, 3), message=cut(message))
