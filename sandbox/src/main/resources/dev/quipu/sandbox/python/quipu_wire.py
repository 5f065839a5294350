"""Frames on sockets and pipes: four bytes of length, then JSON."""
import json
import struct

LIMIT = 64 << 20


class Closed(Exception):
    """The other side is gone."""


def dump(message):
    return json.dumps(message, ensure_ascii=True, separators=(',', ':'), check_circular=False).encode('ascii')


def frame(body):
    return struct.pack('>I', len(body)) + body


def exactly(read, size):
    parts = []
    while size:
        part = read(min(size, 1 << 18))
        if not part:
            raise Closed()
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b''.join(parts)


def body(read, limit=LIMIT):
    size, = struct.unpack('>I', exactly(read, 4))
    if size > limit:
        raise ValueError('a message of %d bytes is beyond the limit of %d' % (size, limit))
    return exactly(read, size)


def send(sock, message):
    sock.sendall(frame(dump(message)))


def receive(sock, limit=LIMIT):
    return json.loads(body(sock.recv, limit))
