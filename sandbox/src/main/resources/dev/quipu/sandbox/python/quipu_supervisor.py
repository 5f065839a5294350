"""The trusted process: takes jobs from standard input, gives them to jails, and tells on standard output what came of
them. It never compiles, runs or unpickles anything that comes from a job. It ends when its standard input does.
"""
import gc
import json
import os
import select
import socket
import sys
import time
import traceback

import quipu_filter
import quipu_kernel
import quipu_library
import quipu_wire
from quipu_nursery import Nursery
from quipu_pool import Pool
from quipu_run import ROLES, Run
from quipu_walls import WALLS

TICK = 0.05
INPUT, OUTPUT = 3, 4
TRIES = 3


class Supervisor:
    def __init__(self, walls, line, settings):
        self.walls = walls
        self.input, self.output = INPUT, OUTPUT
        self.pool = Pool(line, settings['spare'], settings['limits'], self.buried)
        self.names = quipu_filter.names()
        self.poll = select.epoll()
        self.actions = {}
        self.runs = {}
        self.received = bytearray()
        self.listen(self.input, lambda events: self.read_input())
        self.listen(line.fileno(), lambda events: self.pool.hear())

    def listen(self, descriptor, action):
        self.actions[descriptor] = action
        self.poll.register(descriptor, select.EPOLLIN)

    def forget(self, descriptor):
        if self.actions.pop(descriptor, None) is not None:
            self.poll.unregister(descriptor)

    def loop(self):
        while True:
            due = [(descriptor, events, self.actions.get(descriptor))
                   for descriptor, events in self.poll.poll(self.patience())]
            for descriptor, events, action in due:
                # What came before may have closed this descriptor, and given its number to one of another jail.
                if action is not None and self.actions.get(descriptor) is action:
                    action(events)
            self.expire()

    def patience(self):
        """How long nothing needs to happen."""
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
        for attempt in range(TRIES):
            try:
                run = self.started(message)
                break
            except OSError as error:
                # A spare jail may have died, of lack of memory say, before it had the job.
                trouble = str(error)
        else:
            return self.tell({'id': message['id'], 'trouble': trouble})
        self.runs[run.number] = run
        if len(self.runs) > 1:
            self.pool.refill()
        for jail in run.jails.values():
            for descriptor in (jail.out, jail.err, jail.report):
                self.listen(descriptor, lambda events, run=run, descriptor=descriptor: self.read(run, descriptor))
            self.listen(jail.listener, lambda events, run=run, jail=jail: self.stop_forbidden(run, jail, events))

    def started(self, message):
        jails = []
        try:
            for _ in ROLES[message['mode']]:
                jails.append(self.pool.take(message['limits']))
            run = Run(message, jails, self.walls.nested)
            run.begin()
            return run
        except OSError:
            for jail in jails:
                jail.kill()
                jail.close()
            raise

    def cancel(self, number):
        run = self.runs.get(number)
        if run is not None:
            run.end('cancelled')

    def read(self, run, descriptor):
        if not run.read(descriptor):
            run.open.discard(descriptor)
            self.forget(descriptor)

    def stop_forbidden(self, run, jail, events):
        if not events & select.EPOLLIN:
            # Only the end of the jail; to ask it now would wait for ever on older kernels.
            return self.forget(jail.listener)
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
            elif any(self.walls.overfull(jail.home, run.limits) for jail in run.jails.values() if jail.status is None):
                run.end('full')

    # -- the end of jails

    def buried(self, told):
        for run in list(self.runs.values()):
            for jail in run.jails.values():
                if jail.pid == told['ended'] and jail.status is None:
                    jail.status, jail.cpu, jail.rss = told['status'], told['cpu'], told['rss']
                    return self.advance(run)

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
        self.pool.refill()

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
    os.dup2(0, INPUT)
    os.dup2(1, OUTPUT)
    silence = os.open('/dev/null', os.O_RDWR)
    os.dup2(silence, 0)
    os.dup2(silence, 1)
    try:
        leave_group()
        walls.enter()
        hello = {'python': '%d.%d.%d' % sys.version_info[:3], 'layers': walls.layers, 'pytest': pytest}
        part(walls, chosen, hello)
    except Exception as error:
        traceback.print_exc()
        os.write(OUTPUT, quipu_wire.frame(quipu_wire.dump({'unavailable': str(error)})))
        os._exit(1)


def leave_group():
    """A signal to a process group reaches across process namespaces, so nobody shares one with what started us."""
    try:
        os.setsid()
    except PermissionError:
        pass  # It leads a group of its own already.


def part(walls, chosen, hello):
    """Becomes two: the nursery, which makes jails and knows no job, and the supervisor, which knows jobs."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    gc.collect()
    gc.freeze()
    child = os.fork()
    if child:
        os.close(INPUT)
        os.close(OUTPUT)
        theirs.close()
        quipu_kernel.adopt_orphans()
        Nursery(walls, ours, child).loop()
    quipu_kernel.die_with_parent()
    ours.close()
    supervisor = Supervisor(walls, theirs, chosen)
    supervisor.tell(hello)
    supervisor.loop()
