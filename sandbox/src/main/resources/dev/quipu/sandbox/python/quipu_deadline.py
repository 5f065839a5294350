"""A timer for one call or test. What takes too long gets an exception, again and again until it lets go."""
import signal


class TooSlow(BaseException):
    """Not an Exception, so that `except Exception` in the code does not swallow it."""

    def __str__(self):
        return 'took longer than it may'


class Deadline:
    def __init__(self):
        self.armed = False
        signal.signal(signal.SIGALRM, self.ring)

    def ring(self, number, frame):
        if self.armed:
            raise TooSlow()

    def start(self, seconds):
        self.armed = True
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), 0.25)

    def stop(self):
        self.armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
