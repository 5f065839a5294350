"""Runs a module on inputs and tells what came back. In one jail with the code: it informs a choice, no verdict hangs on it."""
import contextlib, io, json, signal, sys


class TooLong(BaseException):
    pass


def ring(*_):
    raise TooLong


def main():
    asked = json.loads(sys.stdin.buffer.read())
    results, space, told = [], {"__name__": "solution"}, sys.stdout
    signal.signal(signal.SIGALRM, ring)
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            signal.setitimer(signal.ITIMER_REAL, asked["seconds"])
            exec(compile(asked["code"], "solution.py", "exec"), space)
            called = space[asked["entry"]]
        except BaseException:
            called = None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        for text in asked["inputs"] if called else []:
            try:
                signal.setitimer(signal.ITIMER_REAL, asked["seconds"])
                value = eval(f"called({text})", {"called": called, "set": set})
                results.append(repr(round(value, 6) if isinstance(value, float) else value)[:1000])
            except BaseException:
                # Which exception says little: inputs may lie outside of what the function is for.
                results.append("!")
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
    told.write("\n" + asked["mark"] + json.dumps(results) + "\n")


main()
