package dev.quipu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every backend has to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SandboxContract {
    private PythonSandbox sandbox;

    abstract String backend();

    @BeforeAll
    void open() {
        TestBackends.require(backend());
        sandbox = PythonSandbox.open(
                SandboxOptions.builder().backend(backend()).parallel(2).build());
    }

    @AfterAll
    void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private Verdict run(Job.Builder job) {
        return sandbox.run(job.build());
    }

    @Test
    void tellsWhatAScriptPrintedAndHowItEnded() {
        Verdict verdict =
                run(Job.script("import sys\nprint(input())\nsys.exit(3)").stdin(Bytes.of("hello\n")));

        assertThat(verdict.outcome()).isEqualTo(Outcome.RUNTIME_ERROR);
        assertThat(verdict.stdout()).isEqualTo("hello\n");
        assertThat(verdict.exitCode()).hasValue(3);
    }

    @Test
    void takesFilesInAndOut() {
        Verdict verdict = run(Job.script("open('out.txt', 'w').write(open('in.txt').read().upper())")
                .file("in.txt", Bytes.of("abc"))
                .output("out.txt"));

        assertThat(verdict.files()).containsEntry("out.txt", Bytes.of("ABC"));
    }

    @Test
    void returnsAFileOfManyMegabytesWhole() {
        Verdict verdict = run(Job.script("open('big', 'wb').write(b'xyz' * 5_000_000)")
                .limits(Limits.DEFAULT.withTmpBytes(32 << 20))
                .output("big"));

        assertThat(verdict.outcome()).as(verdict.note()).isEqualTo(Outcome.OK);
        assertThat(verdict.files().getOrDefault("big", Bytes.NONE).length()).isEqualTo(15_000_000);
    }

    @Test
    void keepsItsOtherJobsWhenOneFloodsTheReport() {
        RunningJob neighbour =
                sandbox.submit(Job.script("import time\nfor i in range(20): time.sleep(0.05)\nprint('whole')")
                        .build());

        Verdict flood = run(Job.script("import os\nwhile True: os.write(21, b'\\xff' * 65536)"));

        assertThat(flood.outcome()).as(flood.note()).isEqualTo(Outcome.OUTPUT_LIMIT);
        Verdict kept = neighbour.verdict().toCompletableFuture().join();
        assertThat(kept.stdout()).as(kept.note()).isEqualTo("whole\n");
    }

    @Test
    void namesTheLineThatDoesNotCompile() {
        Verdict verdict = run(Job.syntax("x = 1\ndef f(:\n"));

        assertThat(verdict.outcome()).isEqualTo(Outcome.SYNTAX_ERROR);
        assertThat(verdict.syntax().orElseThrow().line()).isEqualTo(2);
    }

    @Test
    void stopsWhatTakesTooLong() {
        Verdict verdict = run(Job.script("while True: pass").limits(Limits.DEFAULT.withWall(Duration.ofMillis(300))));

        assertThat(verdict.outcome()).isEqualTo(Outcome.TIMEOUT);
    }

    @Test
    void namesTheForbiddenCall() {
        Verdict verdict = run(Job.script("import socket; socket.socket()"));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FORBIDDEN_SYSCALL);
        assertThat(verdict.violation()).hasValue("socket");
    }

    @Test
    void bringsChangesOfArgumentsBackToTheTests() {
        Verdict verdict = run(Job.tests(
                "def sort(xs): xs.sort()\n",
                "def test_sort():\n    xs = [2, 1]\n    sort(xs)\n    assert xs == [1, 2]\n"));

        assertThat(verdict.verified()).as("%s", verdict).isTrue();
    }

    @Test
    void splitsClassesGeneratorsCallbacksAndExceptions() {
        Verdict verdict = run(Job.tests("""
                class Full(ValueError): pass
                class Box:
                    def __init__(self, size): self.size, self.items = size, []
                    def put(self, item):
                        if len(self.items) == self.size: raise Full('full')
                        self.items.append(item)
                    def __len__(self): return len(self.items)
                    def __iter__(self): return iter(self.items)
                def squares(n):
                    for i in range(n): yield i * i
                def each(f, xs): return [f(x) for x in xs]
                """, """
                import unittest
                from solution import Box, Full, each, squares
                class TestBox(unittest.TestCase):
                    def test_full(self):
                        box = Box(1)
                        box.put('a')
                        with self.assertRaisesRegex(Full, 'full'): box.put('b')
                        self.assertEqual(len(box), 1)
                        self.assertEqual(list(box), ['a'])
                        self.assertIsInstance(box, Box)
                    def test_generator(self): self.assertEqual(list(squares(3)), [0, 1, 4])
                    def test_callback(self): self.assertEqual(each(lambda x: x + 1, [1, 2]), [2, 3])
                """));

        assertThat(verdict.verified()).as("%s", verdict).isTrue();
        assertThat(verdict.expected()).isEqualTo(3);
    }

    @Test
    void runsDoctests() {
        Verdict verdict =
                run(Job.tests("def add(a, b):\n    '''\n    >>> add(1, 2)\n    3\n    '''\n    return a + b\n", "")
                        .style(TestStyle.DOCTEST));

        assertThat(verdict.verified()).as("%s", verdict).isTrue();
    }

    @Test
    void takesNoSkippedTestForAPass() {
        Verdict verdict = run(
                Job.tests(
                        "x = 1\n",
                        "import unittest\nclass T(unittest.TestCase):\n    @unittest.skip('no')\n    def test_x(self): pass\n"));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCOMPLETE);
    }

    @Test
    void saysWhatCannotBeSplit() {
        Verdict verdict = run(Job.tests(
                "class A:\n    def f(self): return 1\n",
                "from solution import A\nclass B(A): pass\ndef test_f(): assert B().f() == 1\n"));

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.integrity()).isEqualTo(Integrity.IN_PROCESS);
        assertThat(verdict.note()).contains("extends a class of the code");
    }

    @Test
    void cancels() {
        RunningJob job = sandbox.submit(Job.script("while True: pass").build());

        job.cancel();

        assertThat(job.verdict().toCompletableFuture().join().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void refusesWhatIsTooBig() {
        assertThatThrownBy(() -> Job.script("#".repeat(10 << 20)).build())
                .isInstanceOfSatisfying(
                        SandboxException.class, e -> assertThat(e.code()).isEqualTo(SandboxError.JOB));
    }
}
