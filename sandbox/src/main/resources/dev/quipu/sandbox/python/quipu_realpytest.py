"""Runs pytest itself on the tests."""
import os
import sys



class Reporter:
    """A plug-in of pytest that reports each test."""

    def __init__(self, loaded, watch):
        self.report = loaded.report
        self.watch = watch
        self.worst = ('', '')
        self.millis = 0

    @staticmethod
    def name(node):
        return '.'.join(node.split('::')[1:])

    def pytest_collection_finish(self, session):
        self.report.emit(collected=[self.name(item.nodeid) for item in session.items])

    def pytest_runtest_logstart(self, nodeid, location):
        self.worst, self.millis = ('', ''), 0
        self.watch.start()

    def pytest_runtest_logreport(self, report):
        self.millis += report.duration * 1000
        if report.when == 'call' and report.passed and not self.worst[0]:
            self.worst = ('PASS', '')
        if report.failed:
            status = 'FAIL' if report.when == 'call' and 'AssertionError' in report.longreprtext else 'ERROR'
            self.worst = (status, report.longreprtext)
        if report.skipped:
            expected = hasattr(report, 'wasxfail')
            self.worst = ('PASS', '') if expected else ('SKIP', str(report.longrepr))

    def pytest_runtest_logfinish(self, nodeid, location):
        self.watch.stop()
        self.watch.judge(self.name(nodeid), self.worst[0] or 'ERROR', self.millis, self.worst[1])


def run(loaded, watch, module):
    import pytest
    del sys.modules[module.__name__]
    sys.path.append(os.getcwd())
    with open(loaded.file, 'w') as file:
        file.write(loaded.job['tests'])
    options = ['-q', '-p', 'no:cacheprovider', '-p', 'no:faulthandler', '-c', '/dev/null', '--rootdir', os.getcwd()]
    status = pytest.main(options + ['--import-mode=importlib', '--tb=short', loaded.file], [Reporter(loaded, watch)])
    if status not in (0, 1, 5):
        raise RuntimeError('pytest ended with status %d; its output says why' % status)
