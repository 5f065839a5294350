"""Assembles the policy into a seccomp filter: classic BPF over (number, architecture, arguments) of a call."""
import errno
import os
import struct

import quipu_policy
from quipu_syscalls import NUMBERS

LOAD, JUMP_EQUAL, JUMP_ANY, JUMP_AT_LEAST, AND, RETURN = 0x20, 0x15, 0x45, 0x35, 0x54, 0x06
ARCHITECTURES = {'x86_64': (0, 0xC000003E), 'aarch64': (1, 0xC00000B7)}
X32 = 0x40000000  # calls of the x32 ABI carry this bit
ALLOW, KILL, NOTIFY, ERRNO = 0x7FFF0000, 0x80000000, 0x7FC00000, 0x00050000


def architecture():
    """Which column of the table is this machine's, and its audit number; None if the sandbox has no filter for it."""
    return ARCHITECTURES.get(os.uname().machine)


def number(name):
    return NUMBERS[name][architecture()[0]]


def names():
    """Names of calls by their numbers, for verdicts."""
    column = architecture()[0]
    return {row[column]: name for name, row in NUMBERS.items() if row[column] >= 0}


def step(code, value, yes=0, no=0):
    return struct.pack('=HBBI', code, yes, no, value & 0xFFFFFFFF)


def argument(index, high=False):
    return step(LOAD, 16 + 8 * index + (4 if high else 0))


class Assembler:
    def __init__(self, conditions, notify):
        self.conditions = conditions
        self.actions = {
            'allow': ALLOW,
            'deny': ERRNO | errno.EPERM,
            'absent': ERRNO | errno.ENOSYS,
            'kill': NOTIFY if notify else KILL,
        }

    def finish(self, action):
        return step(RETURN, self.actions[action])

    def rule(self, index, operator, value, action):
        """Code that returns the action if the argument fits, and goes on behind itself if not."""
        end = self.finish(action)
        # The kernel reads all but pointers as 32 bits wide, so only the low half of those arguments counts.
        if operator == 'eq':
            return argument(index) + step(JUMP_EQUAL, value, 0, 1) + end
        if operator == 'ne':
            return argument(index) + step(JUMP_EQUAL, value, 1, 0) + end
        if operator == 'any':
            return argument(index) + step(JUMP_ANY, value, 0, 1) + end
        if operator == 'masked':
            mask, wanted = value
            return argument(index) + step(AND, mask) + step(JUMP_EQUAL, wanted, 0, 1) + end
        if operator == 'null':
            return argument(index) + step(JUMP_EQUAL, 0, 0, 3) + argument(index, True) + step(JUMP_EQUAL, 0, 0, 1) + end
        if operator == 'in':
            return argument(index) + b''.join(step(JUMP_EQUAL, item, 0, 1) + end for item in value)
        raise ValueError(operator)

    def call(self, name, body):
        """Code for one system call; the number is in the accumulator before, and after if it is another call."""
        nr = number(name)
        if nr < 0:
            return b''
        return step(JUMP_EQUAL, nr, 0, len(body) // 8) + body

    def program(self):
        column, audit = architecture()
        code = step(LOAD, 4) + step(JUMP_EQUAL, audit, 1, 0) + step(RETURN, KILL) + step(LOAD, 0)
        if column == 0:
            code += step(JUMP_AT_LEAST, X32, 0, 1) + step(RETURN, KILL)
        for name in quipu_policy.ALLOWED:
            if name not in self.conditions:
                code += self.call(name, self.finish('allow'))
        for name, rules in self.conditions.items():
            body = b''.join(self.rule(*rule) for rule in rules[:-1]) + self.finish(rules[-1])
            code += self.call(name, body)
        for name in quipu_policy.FORBIDDEN:
            code += self.call(name, self.finish('kill'))
        for name in quipu_policy.ABSENT:
            code += self.call(name, self.finish('absent'))
        return code + self.finish('deny')


def assemble(conditions=quipu_policy.CONDITIONS, notify=True):
    return Assembler(conditions, notify).program()
