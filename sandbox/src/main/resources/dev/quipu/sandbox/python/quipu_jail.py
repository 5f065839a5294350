"""Inside a jail: seals it, waits for a job, runs it. Nothing untrusted has run here before `work`."""
import atexit
import base64
import fcntl
import gc
import io
import json
import os
import random
import resource
import signal
import socket
import stat
import sys
import tempfile
import threading
import traceback
import types

import quipu_errors
import quipu_filter
import quipu_kernel
import quipu_rehearsal
import quipu_wire
from quipu_asserts import remember
from quipu_report import Report

CONTROL, REPORT, LINE = 20, 21, 22
WORK = '/tmp'
SYNTAX = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
EXIT = os._exit


def arrange(wanted):
    """Gives descriptors their numbers and closes all others; `wanted` maps numbers to descriptors."""
    out_of_the_way = {number: fcntl.fcntl(descriptor, fcntl.F_DUPFD, 100) for number, descriptor in wanted.items()}
    last = 0
    for number in sorted(wanted):
        if last < number:  # an empty range would close all
            os.closerange(last, number)
        os.dup2(out_of_the_way[number], number)
        last = number + 1
    os.closerange(last, 1 << 16)


def give_up():
    """A jail that could not be built says why; nothing untrusted has run in it."""
    try:
        os.write(2, traceback.format_exc().encode('utf-8', 'replace')[-4000:])
    finally:
        EXIT(120)


def seal(control, conditions, mounts=()):
    """Closes the jail for good. Hands out the descriptor that tells of forbidden calls, and what holds its mounts."""
    quipu_kernel.drop_privileges()
    listener = quipu_kernel.install_filter(quipu_filter.assemble(conditions) if conditions else DEFAULT_FILTER)
    socket.send_fds(control, [b'r'], [listener, *mounts])
    for descriptor in (listener, *mounts):
        os.close(descriptor)


DEFAULT_FILTER = quipu_filter.assemble() if quipu_filter.architecture() else b''


def lower(kind, value):
    soft, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def limit(limits):
    lower(resource.RLIMIT_AS, limits['memory'])
    lower(resource.RLIMIT_CPU, limits['cpu'])
    lower(resource.RLIMIT_FSIZE, limits['file'])
    lower(resource.RLIMIT_NOFILE, limits['openFiles'])
    lower(resource.RLIMIT_NPROC, limits['threads'] + limits.get('processes', 1))
    lower(resource.RLIMIT_STACK, limits['stack'])
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_MEMLOCK, resource.RLIMIT_MSGQUEUE):
        lower(kind, 0)
    lower(resource.RLIMIT_SIGPENDING, 64)


def write_files(files):
    for name, content in files.items():
        folder = os.path.dirname(name)
        if folder:
            os.makedirs(folder, exist_ok=True)
        with open(name, 'wb') as file:
            file.write(base64.b64decode(content))


def standard_input(content):
    """Standard input is a file that nobody can find any more."""
    if not content:
        return os.open('/dev/null', os.O_RDONLY)
    name = '.stdin'
    descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    os.unlink(name)
    data = base64.b64decode(content)
    while data:
        data = data[os.write(descriptor, data):]
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def take_job(control, work):
    """Waits for the job, which may bring the line to the other jail along."""
    head, descriptors, _, _ = socket.recv_fds(control, 4, 1)
    if len(head) < 4:
        EXIT(0)
    body = quipu_wire.exactly(control.recv, int.from_bytes(head, 'big'))
    line = socket.socket(fileno=descriptors[0]) if descriptors else None
    return json.loads(body), line


def equip(job, paths):
    """What a program finds around itself when it starts."""
    os.environ.clear()
    os.environ.update(PATH='/usr/bin', HOME=os.getcwd(), TMPDIR=os.getcwd(), LANG='C.UTF-8')
    descriptor = standard_input(job.get('stdin'))
    if descriptor != 0:
        os.dup2(descriptor, 0)
        os.close(descriptor)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), encoding='utf-8', errors='surrogateescape')
    sys.stdout = stream(1, line=False)
    sys.stderr = stream(2, line=True)
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
    sys.path[:] = [os.getcwd()] + paths
    sys.argv = ['main.py']
    sys.dont_write_bytecode = True
    tempfile.tempdir = None
    random.seed()
    gc.enable()


def stream(descriptor, line):
    raw = io.FileIO(descriptor, 'w', closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding='utf-8', errors='backslashreplace', line_buffering=line, write_through=False)


def script(job, report):
    """Runs the code as the main program; the answer is its exit status."""
    source = job['code']
    main = types.ModuleType('__main__')
    main.__file__ = 'main.py'
    main.__builtins__ = __builtins__
    sys.modules['__main__'] = main
    remember('main.py', source)
    try:
        code = compile(source, 'main.py', 'exec', dont_inherit=True)
    except SYNTAX as error:
        report.emit(syntax=quipu_errors.describe_syntax(error, 'main.py'))
        return 1
    report.emit(started=True)
    coverage = None
    if job['coverage']:
        import quipu_cover
        coverage = quipu_cover.Coverage(code, True)
        coverage.start()
    status = guarded(lambda: exec(code, main.__dict__), report)
    if coverage is not None:
        report.emit(coverage=coverage.report())
    return status


def guarded(action, report):
    try:
        action()
        return 0
    except SystemExit as stop:
        if stop.code is None or isinstance(stop.code, int):
            return (stop.code or 0) & 255
        print(stop.code, file=sys.stderr)
        return 1
    except BaseException as error:
        report.emit(failure=quipu_errors.describe(error))
        sys.stderr.write(quipu_errors.trace_of(error))
        return 1


def syntax(job, report):
    file = job['module'] + '.py'
    report.emit(started=True)
    try:
        compile(job['code'], file, 'exec', dont_inherit=True)
    except SYNTAX as error:
        report.emit(syntax=quipu_errors.describe_syntax(error, file))
    report.emit(done=True)
    return 0


def results(names, report):
    """Sends the files asked for: regular ones, by descriptor, and no more than the file system can hold."""
    for name in names:
        try:
            descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            continue
        with open(descriptor, 'rb') as file:
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                report.emit(file=name, content=base64.b64encode(file.read()).decode('ascii'))


def perform(job, report, line):
    role = job['role']
    if role == 'script':
        return script(job, report)
    if role == 'syntax':
        return syntax(job, report)
    if role == 'code':
        import quipu_candidate
        quipu_candidate.run(job, line)
        return 0
    import quipu_tests
    quipu_tests.run(job, report, line)
    return 0


def rehearse(control, paths):
    """Gets ready, until the job comes."""
    equip({}, paths)
    quipu_rehearsal.rehearse(control)


def work(control, paths):
    """Runs one job; does not return."""
    status = 125
    try:
        job, line = take_job(control, paths)
        control.close()
        if line is not None:
            number = os.dup2(line.fileno(), LINE)
            line.close()
            line = socket.socket(fileno=number)
        write_files(job.get('files', {}))
        report = None if job['role'] == 'code' else Report(REPORT)
        if report is None:
            os.close(REPORT)
        equip(job, paths)
        limit(job['limits'])
        status = perform(job, report, line)
        status = max(status, finish())
        if report is not None:
            results(job.get('outputs', ()), report)
            report.emit(exit=status)
        flush()
    except BaseException:
        if status == 125:
            give_up()
    EXIT(status & 255)


def finish():
    """Ends a program as Python does: waits for threads, runs what was registered for the end."""
    try:
        threading._shutdown()
        atexit._run_exitfuncs()
        return 0
    except BaseException:
        return 1


def flush():
    for screen in (sys.stdout, sys.stderr):
        try:
            screen.flush()
        except (OSError, ValueError, AttributeError):
            pass


def reset_signals():
    for number in range(1, 32):
        if number not in (signal.SIGKILL, signal.SIGSTOP, signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def main_of_program():
    """A jail that is a program of its own: its walls were built around it by who started it."""
    control = socket.socket(fileno=CONTROL)
    os.close(3)
    quipu_kernel.die_with_parent()
    reset_signals()
    os.chdir(WORK)
    paths = [path for path in sys.path if path] + sys.argv[2:]
    seal(control, None)
    rehearse(control, paths)
    work(control, paths)
