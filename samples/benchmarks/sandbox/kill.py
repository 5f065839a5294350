#!/usr/bin/env python3
"""Kills ./quipu in the midst of two jobs, ten times, and tells after how many milliseconds nothing of it is left.

usage, in the repository's root: samples/benchmarks/sandbox/kill.py warm|bubblewrap|landlock
"""
import os
import signal
import subprocess
import sys
import tempfile
import time

JOB = 'import threading, time\nfor _ in range(20): threading.Thread(target=time.sleep, args=(60,)).start()\nwhile True: pass\n'


def status(pid):
    """State and parent of a process, or None if there is none."""
    try:
        with open('/proc/%s/stat' % pid) as file:
            state, parent = file.read().rsplit(')', 1)[1].split()[:2]
            return state, int(parent)
    except OSError:
        return None


def below(root):
    """All processes that came from one."""
    children = {}
    for pid in filter(str.isdigit, os.listdir('/proc')):
        found = status(pid)
        if found:
            children.setdefault(found[1], []).append(int(pid))
    family, todo = set(), [root]
    while todo:
        some = children.get(todo.pop(), [])
        family.update(some)
        todo += some
    return family


def alive(pids):
    return any((status(pid) or 'Z')[0] not in 'ZX' for pid in pids)


def once(backend, job, wait):
    command = ['./quipu', 'sandbox', 'run', job, job, '--backend', backend, '--timeout', '60']
    quipu = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(below(quipu.pid)) < 4 and quipu.poll() is None:
        time.sleep(0.05)
    time.sleep(wait)
    family = below(quipu.pid)
    start = time.monotonic()
    quipu.send_signal(signal.SIGKILL)
    while alive(family):
        time.sleep(0.002)
    took = time.monotonic() - start
    quipu.wait()
    return len(family), took


with tempfile.NamedTemporaryFile('w', suffix='.py') as file:
    file.write(JOB)
    file.flush()
    runs = [once(sys.argv[1], file.name, 1.5 + 0.2 * i) for i in range(10)]
print('%s: %d to %d processes, gone after %s ms' % (
    sys.argv[1], min(n for n, _ in runs), max(n for n, _ in runs), ', '.join('%.0f' % (t * 1000) for _, t in runs)))
