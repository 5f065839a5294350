"""The trusted process: takes jobs from standard input, gives them to jails, and tells on standard output what came of
them. It never compiles, runs or unpickles anything that comes from a job. It ends when its standard input does.
"""
import gc
import json
import os
import select
import signal
import sys
import time
import traceback

import quipu_filter
import quipu_library
import quipu_wire
from quipu_pool import Pool
from quipu_run import ROLES, Run
from quipu_walls import WALLS

TICK = 0.05


class Supervisor:
    def __init__(self, walls, settings, descriptors):
        self.walls = walls
        self.input, self.output = descriptors
        self.pool = Pool(walls, settings['spare'], settings['limits'])
        self.names = quipu_filter.names()
        self.poll = select.epoll()
        self.actions = {}
        self.runs = {}
        self.received = bytearray()
        self.bell, ring = os.pipe()
        for end in (self.bell, ring):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(ring, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        self.listen(self.input, self.read_input)
        self.listen(self.bell, self.reap)

    def listen(self, descriptor, action):
        self.actions[descriptor] = action
        self.poll.register(descriptor, select.EPOLLIN)

    def forget(self, descriptor):
        if self.actions.pop(descriptor, None) is not None:
            self.poll.unregister(descriptor)

    def loop(self):
        while True:
            events = self.poll.poll(self.patience())
            for descriptor, _ in events:
                action = self.actions.get(descriptor)
                if action is not None:
                    action()
            self.expire()
            if not events:
                self.pool.refill()

    def patience(self):
        """How long nothing needs to happen; no time at all while a spare jail is missing."""
        if len(self.pool.spare) < self.pool.size:
            return 0
        if not self.runs:
            return None
        return min(TICK, max(0.0, min(run.deadline for run in self.runs.values()) - time.monotonic()))

    # -- jobs

    def read_input(self):
        piece = os.read(self.input, 1 << 18)
        if not piece:
            os._exit(0)
        self.received += piece
        while len(self.received) >= 4:
            size = int.from_bytes(self.received[:4], 'big')
            if len(self.received) < 4 + size:
                return
            message = json.loads(self.received[4:4 + size])
            del self.received[:4 + size]
            if 'cancel' in message:
                self.cancel(message['cancel'])
            else:
                self.begin(message)

    def begin(self, message):
        message['limits']['processes'] = self.walls.processes
        jails = []
        try:
            for _ in ROLES[message['mode']]:
                jails.append(self.pool.take(message['limits']))
            run = Run(message, jails, self.walls.nested)
            run.begin()
        except OSError as error:
            for jail in jails:
                jail.kill()
            return self.tell({'id': message['id'], 'trouble': str(error)})
        self.runs[run.number] = run
        for jail in jails:
            for descriptor in (jail.out, jail.err, jail.report):
                self.listen(descriptor, lambda run=run, descriptor=descriptor: self.read(run, descriptor))
            self.listen(jail.listener, lambda run=run, jail=jail: self.stop_forbidden(run, jail))

    def cancel(self, number):
        run = self.runs.get(number)
        if run is not None:
            run.end('cancelled')

    def read(self, run, descriptor):
        if not run.read(descriptor):
            run.open.discard(descriptor)
            self.forget(descriptor)

    def stop_forbidden(self, run, jail):
        try:
            violation = jail.violation(self.names)
        except OSError:
            # The jail died before it could be asked.
            return self.forget(jail.listener)
        run.violation = run.violation or violation
        run.end('forbidden')

    def expire(self):
        now = time.monotonic()
        for run in list(self.runs.values()):
            if now >= run.deadline:
                run.end('timeout')
            elif any(self.walls.overfull(jail.pid, jail.limits) for jail in run.jails.values() if jail.status is None):
                run.end('full')

    # -- the end of jails

    def reap(self):
        try:
            os.read(self.bell, 4096)
        except BlockingIOError:
            pass
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self.buried(pid, status, usage)

    def buried(self, pid, status, usage):
        if self.pool.lost(pid):
            self.walls.done(pid)
            return
        for run in list(self.runs.values()):
            for jail in run.jails.values():
                if jail.pid == pid:
                    jail.status, jail.usage = status, usage
                    self.advance(run)
        self.walls.done(pid)

    def advance(self, run):
        if run.main_is_over() and not run.over():
            for jail in run.jails.values():
                jail.kill()
        if not run.over():
            return
        del self.runs[run.number]
        for jail in run.jails.values():
            for descriptor in (jail.out, jail.err, jail.report, jail.listener):
                self.forget(descriptor)
        self.tell(run.result())
        for jail in run.jails.values():
            jail.close()

    def tell(self, message):
        data = quipu_wire.frame(quipu_wire.dump(message))
        while data:
            data = data[os.write(self.output, data):]


def settings():
    return json.loads(quipu_wire.body(sys.stdin.buffer.read))


def main(codes):
    chosen = settings()
    if quipu_filter.architecture() is None:
        raise SystemExit('no seccomp filter for a %s processor' % os.uname().machine)
    quipu_library.preload()
    pytest = quipu_library.preload_pytest(chosen['packages'] + chosen['pytest'])
    folders = quipu_library.folders(chosen['packages'] + chosen['pytest'])
    paths = [path for path in sys.path if path and not path.endswith('.zip')] + chosen['packages']
    walls = WALLS[chosen['backend']](folders, paths, codes)
    descriptors = 3, 4
    os.dup2(0, 3)
    os.dup2(1, 4)
    silence = os.open('/dev/null', os.O_RDWR)
    os.dup2(silence, 0)
    os.dup2(silence, 1)
    try:
        walls.enter()
        supervisor = Supervisor(walls, chosen, descriptors)
    except Exception as error:
        traceback.print_exc()
        message = {'unavailable': str(error)}
        os.write(4, quipu_wire.frame(quipu_wire.dump(message)))
        os._exit(1)
    supervisor.tell({
        'python': '%d.%d.%d' % sys.version_info[:3], 'interpreter': sys.executable, 'layers': walls.layers,
        'pytest': pytest})
    gc.collect()
    gc.freeze()
    supervisor.loop()
