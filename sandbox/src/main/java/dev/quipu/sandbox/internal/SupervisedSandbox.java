package dev.quipu.sandbox.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Mode;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.RunningJob;
import dev.quipu.sandbox.SandboxBusyException;
import dev.quipu.sandbox.SandboxError;
import dev.quipu.sandbox.SandboxException;
import dev.quipu.sandbox.SandboxInfo;
import dev.quipu.sandbox.SandboxOptions;
import dev.quipu.sandbox.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sandbox whose jails a supervisor makes.
 *
 * <p>When the supervisor dies, a new one is started, and the jobs that it had are run once more by the new one: a job is a
 * value, and what it did lay in a jail that is gone. A job that loses two supervisors ends as
 * {@link Outcome#SANDBOX_ERROR}.
 */
final class SupervisedSandbox implements PythonSandbox {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedSandbox.class);

    /** A supervisor is replaced after so many jobs, so that nothing can pile up in it. */
    private static final int JOBS_EACH = 10_000;

    private static final int STARTS = 2;
    private static final Duration SOON = Duration.ofMillis(200);

    private final SandboxOptions options;
    private final String backend;
    private final Interpreter python;
    private final List<Path> packages;
    private final int parallel;
    private final Judge judge;

    private final Object lock = new Object();
    private final Deque<Ticket> queue = new ArrayDeque<>();
    private final Map<Long, Ticket> running = new HashMap<>();
    private @Nullable SupervisorProcess supervisor;
    private @Nullable SandboxInfo info;
    private boolean starting;
    private boolean closed;
    private long numbers;
    private int jobs;

    private SupervisedSandbox(SandboxOptions options, String backend, Interpreter python) {
        this.options = options;
        this.backend = backend;
        this.python = python;
        this.packages = options.packages().map(Packages::folder).stream().toList();
        this.parallel = options.parallel() > 0
                ? options.parallel()
                : Runtime.getRuntime().availableProcessors();
        this.judge = new Judge(backend);
    }

    static PythonSandbox open(SandboxOptions options, String backend) {
        SupervisedSandbox sandbox = new SupervisedSandbox(options, backend, Interpreters.find(options));
        try {
            sandbox.start();
            sandbox.info = sandbox.prove();
            return sandbox;
        } catch (SandboxException e) {
            sandbox.close();
            throw e;
        }
    }

    private SandboxInfo prove() {
        List<String> probes = SelfTest.prove(this);
        JsonNode hello = current().hello();
        List<String> layers = new ArrayList<>();
        hello.path("layers").forEach(layer -> layers.add(layer.asText()));
        List<String> names =
                packages.stream().map(Packages::names).flatMap(List::stream).toList();
        return new SandboxInfo(backend, hello.path("python").asText(), python.program(), layers, probes, names);
    }

    private void start() {
        int spare = options.spare() > 0 ? options.spare() : 2 * parallel;
        SupervisorProcess[] self = new SupervisorProcess[1];
        SupervisorProcess started =
                SupervisorProcess.start(backend, python, packages, spare, this::answered, () -> gone(self));
        synchronized (lock) {
            self[0] = started;
            supervisor = started;
            jobs = 0;
            if (closed) {
                started.close();
            }
        }
    }

    private SupervisorProcess current() {
        synchronized (lock) {
            if (supervisor == null) {
                throw new SandboxException(SandboxError.CLOSED, "The sandbox is closed.");
            }
            return supervisor;
        }
    }

    @Override
    public SandboxInfo info() {
        SandboxInfo known = info;
        if (known == null) {
            throw new SandboxException(SandboxError.FAILED, "The sandbox is not open yet.");
        }
        return known;
    }

    /** The supervisor's process, for tests that end it. */
    ProcessHandle process() {
        return current().handle();
    }

    /** The same; empty while another one starts. */
    Optional<ProcessHandle> supervisor() {
        synchronized (lock) {
            return Optional.ofNullable(supervisor).map(SupervisorProcess::handle);
        }
    }

    @Override
    public RunningJob submit(Job job) {
        synchronized (lock) {
            if (closed) {
                throw new SandboxException(SandboxError.CLOSED, "The sandbox is closed. Open it again.");
            }
            if (queue.size() >= options.queueLimit()) {
                throw new SandboxBusyException(
                        queue.size() + " jobs wait, which is the limit. Try later, or raise quipu.sandbox.queue-limit.",
                        SOON);
            }
            Ticket ticket = new Ticket(++numbers, job, this::cancel);
            queue.add(ticket);
            dispatch();
            return ticket;
        }
    }

    /** Starts what may start. Called with the lock held. */
    private void dispatch() {
        if (supervisor == null) {
            restart();
            return;
        }
        if (jobs >= JOBS_EACH && !queue.isEmpty()) {
            if (running.isEmpty()) {
                SupervisorProcess old = supervisor;
                supervisor = null;
                Thread.ofVirtual().start(old::close);
                restart();
            }
            return;
        }
        while (running.size() < parallel && !queue.isEmpty()) {
            begin(queue.remove());
        }
    }

    private void begin(Ticket ticket) {
        SupervisorProcess process = supervisor;
        if (process == null) {
            queue.addFirst(ticket);
            return;
        }
        jobs++;
        ticket.starts++;
        ticket.startedNanos = System.nanoTime();
        running.put(ticket.number, ticket);
        process.send(JobMessage.of(ticket.number, ticket.job(), ticket.mode, python.pytest()));
    }

    private void answered(JsonNode told) {
        Ticket ticket;
        synchronized (lock) {
            ticket = running.remove(told.path("id").asLong());
            if (ticket == null) {
                return;
            }
            if (mustShareInterpreter(ticket, told)) {
                begin(ticket);
                return;
            }
            dispatch();
        }
        ticket.verdict.complete(judged(ticket, told));
    }

    private Verdict judged(Ticket ticket, JsonNode told) {
        try {
            return judge.judge(ticket, told);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("A verdict could not be made");
            return judge.without(ticket, Outcome.SANDBOX_ERROR, "The verdict could not be made: " + e);
        }
    }

    /** Tests that cannot be split, as their own source says, run in-process, and the verdict says so. */
    private static boolean mustShareInterpreter(Ticket ticket, JsonNode told) {
        if (ticket.mode != Mode.TESTS_SPLIT || !told.path("ended").isNull()) {
            return false;
        }
        String reason = Records.of(Judge.text(told, "report"))
                .get("unsplittable")
                .map(JsonNode::asText)
                .orElse("");
        if (reason.isEmpty()) {
            return false;
        }
        ticket.mode = Mode.TESTS_IN_PROCESS;
        ticket.note = "Not split: " + reason + ".";
        return true;
    }

    private void cancel(Ticket ticket) {
        synchronized (lock) {
            if (queue.remove(ticket)) {
                ticket.verdict.complete(judge.without(ticket, Outcome.CANCELLED, "It had not begun."));
            } else if (running.containsKey(ticket.number) && supervisor != null) {
                supervisor.send(JsonNodeFactory.instance.objectNode().put("cancel", ticket.number));
            }
        }
    }

    private void gone(SupervisorProcess[] self) {
        List<Ticket> lost = new ArrayList<>();
        synchronized (lock) {
            if (closed || self[0] == null || self[0] != supervisor) {
                return;
            }
            supervisor = null;
            LOG.atWarn()
                    .addKeyValue("backend", backend)
                    .addKeyValue("jobs", running.size())
                    .log("Supervisor lost");
            for (Ticket ticket : running.values()) {
                if (ticket.starts < STARTS) {
                    queue.addFirst(ticket);
                } else {
                    lost.add(ticket);
                }
            }
            running.clear();
            restart();
        }
        for (Ticket ticket : lost) {
            ticket.verdict.complete(judge.without(
                    ticket, Outcome.SANDBOX_ERROR, "The supervisor ended twice while the job ran. Send it again."));
        }
    }

    /** Starts a supervisor aside, and proves it before it gets a job. Called with the lock held. */
    private void restart() {
        if (starting || closed) {
            return;
        }
        starting = true;
        Thread.ofVirtual().name("quipu-sandbox-restart").start(() -> {
            try {
                start();
                synchronized (lock) {
                    starting = false;
                    dispatch();
                }
            } catch (SandboxException e) {
                fail(e);
            }
        });
    }

    private void fail(SandboxException reason) {
        List<Ticket> waiting;
        synchronized (lock) {
            starting = false;
            waiting = new ArrayList<>(queue);
            queue.clear();
        }
        waiting.forEach(ticket -> ticket.verdict.completeExceptionally(reason));
    }

    @Override
    public void close() {
        List<Ticket> left;
        SupervisorProcess process;
        synchronized (lock) {
            closed = true;
            process = supervisor;
            supervisor = null;
            left = new ArrayList<>(queue);
            left.addAll(running.values());
            queue.clear();
            running.clear();
        }
        SandboxException reason =
                new SandboxException(SandboxError.CLOSED, "The sandbox was closed before the verdict.");
        left.forEach(ticket -> ticket.verdict.completeExceptionally(reason));
        if (process != null) {
            process.close();
        }
    }
}
