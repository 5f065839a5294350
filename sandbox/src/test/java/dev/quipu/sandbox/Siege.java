package dev.quipu.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs attacks on a sandbox, with a file and a listener outside of it that nothing may touch. */
final class Siege implements AutoCloseable {
    private static final String TREASURE = "nobody may read this";
    private static final int PATIENCE_SECONDS = 120;

    private final Path canary;
    private final ServerSocket listener;

    Siege(Path folder) throws IOException {
        canary = Files.writeString(folder.resolve("canary"), TREASURE);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** What broke out, with what it printed; empty if all was contained. */
    List<String> run(PythonSandbox sandbox, List<Snippets> attacks) throws Exception {
        Map<Snippets, RunningJob> jobs = new LinkedHashMap<>();
        for (Snippets attack : attacks) {
            String code = attack.code()
                    .replace("CANARY", canary.toString())
                    .replace("PORT", String.valueOf(listener.getLocalPort()));
            jobs.put(
                    attack,
                    sandbox.submit(Job.script(code)
                            .id(attack.name())
                            .limits(Limits.DEFAULT
                                    .withWall(Duration.ofSeconds(2))
                                    .withCpu(Duration.ofSeconds(2)))
                            .build()));
        }
        List<String> breaches = new ArrayList<>();
        for (Map.Entry<Snippets, RunningJob> job : jobs.entrySet()) {
            Verdict verdict = job.getValue().verdict().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            boolean broken = verdict.outcome() == Outcome.SANDBOX_ERROR;
            if (broken || verdict.stdout().contains("ESCAPED")) {
                breaches.add(job.getKey().name() + ": " + verdict.outcome() + " " + verdict.note() + " "
                        + verdict.stdout().lines().limit(3).toList());
            }
        }
        if (!Files.readString(canary).equals(TREASURE)) {
            breaches.add("the canary was changed");
        }
        if (reached()) {
            breaches.add("the listener was reached");
        }
        return breaches;
    }

    private boolean reached() throws IOException {
        listener.setSoTimeout(1);
        try (var caller = listener.accept()) {
            return caller.isConnected();
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }

    /** Processes below this one that are still there after a sandbox was closed and had a moment to go. */
    static List<String> leftovers() throws InterruptedException {
        List<String> left = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            try {
                process.onExit().get(10, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                left.add(process.pid() + " " + process.info().command().orElse("?"));
            }
        }
        return left;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
