package dev.quipu.sandbox.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.sandbox.Limits;
import dev.quipu.sandbox.SandboxError;
import dev.quipu.sandbox.SandboxException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The supervisor's process and the pipe to it: frames of four bytes of length and JSON, both ways. It holds the other end
 * of its standard input, so it ends with this process, whatever way that ends.
 */
final class SupervisorProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisorProcess.class);
    private static final int FRAME = 256 << 20;
    /** Takes any string that fits a frame: files come back in one. */
    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(FRAME).build())
            .build());

    private static final int COMPLAINT = 4000;
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 5;

    private final Process process;
    /** Emptied by a thread of its own: who holds the sandbox's lock must not wait for a pipe that is full. */
    private final BlockingQueue<JsonNode> outbox = new LinkedBlockingQueue<>();

    private final CompletableFuture<JsonNode> hello = new CompletableFuture<>();
    private final CompletableFuture<String> complaint = new CompletableFuture<>();

    private SupervisorProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param replies hears what the supervisor tells, on one thread
     * @param end runs once when the supervisor is gone
     * @throws SandboxException with {@link SandboxError#UNAVAILABLE} if its walls cannot be built here
     */
    static SupervisorProcess start(
            String backend,
            Interpreter python,
            List<Path> packages,
            int spare,
            Consumer<JsonNode> replies,
            Runnable end) {
        SupervisorProcess started = null;
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(python.program().toString(), "-I", "-S", "-c", Sources.boot(), "supervisor");
            builder.environment().clear();
            // Each arena of malloc takes address space, which is what a jail's memory limit counts.
            builder.environment().put("MALLOC_ARENA_MAX", "2");
            builder.directory(Path.of("/").toFile());
            started = new SupervisorProcess(builder.start());
            started.listen(backend, replies, end);
            started.send(JSON.valueToTree(Sources.modules()));
            started.send(settings(backend, python, packages, spare));
            started.awaitHello();
            return started;
        } catch (IOException e) {
            String said = started == null ? "" : started.complained();
            if (started != null) {
                started.close();
            }
            throw new SandboxException(
                    SandboxError.UNAVAILABLE, "The supervisor did not start: " + e.getMessage() + ". " + said, e);
        } catch (SandboxException e) {
            if (started != null) {
                started.close();
            }
            throw e;
        }
    }

    private static JsonNode settings(String backend, Interpreter python, List<Path> packages, int spare) {
        ObjectNode settings = JSON.createObjectNode().put("backend", backend).put("spare", spare);
        settings.set("limits", JobMessage.limits(Limits.DEFAULT));
        settings.set("packages", JSON.valueToTree(texts(packages)));
        settings.set("pytest", JSON.valueToTree(texts(python.pytest())));
        return settings;
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    private void listen(String backend, Consumer<JsonNode> replies, Runnable end) {
        Thread.ofPlatform().daemon().name("quipu-sandbox-" + backend).start(() -> {
            try (DataInputStream input =
                    new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16))) {
                hello.complete(read(input));
                while (true) {
                    replies.accept(read(input));
                }
            } catch (IOException e) {
                if (!hello.completeExceptionally(e) && !(e instanceof EOFException)) {
                    LOG.atError().setCause(e).log("Supervisor's answer is unreadable");
                }
            } finally {
                end.run();
                stop();
            }
        });
        Thread.ofVirtual().name("quipu-sandbox-errors").start(this::readComplaint);
        Thread.ofVirtual().name("quipu-sandbox-outbox").start(this::emptyOutbox);
    }

    private void readComplaint() {
        try (var errors = process.getErrorStream()) {
            byte[] said = errors.readNBytes(COMPLAINT);
            complaint.complete(new String(said, StandardCharsets.UTF_8).strip());
            errors.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            complaint.complete("");
        }
    }

    private static JsonNode read(DataInputStream input) throws IOException {
        int size = input.readInt();
        if (size < 0 || size > FRAME) {
            throw new IOException("a frame of " + size + " bytes");
        }
        return JSON.readTree(input.readNBytes(size));
    }

    private void awaitHello() throws IOException {
        JsonNode said;
        try {
            said = hello.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + START_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (said.has("unavailable")) {
            throw new SandboxException(
                    SandboxError.UNAVAILABLE,
                    "Its walls cannot be built here: "
                            + said.path("unavailable").asText());
        }
    }

    private String complained() {
        try {
            return complaint.get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** What the supervisor said of itself: its Python and its walls. */
    JsonNode hello() {
        return hello.join();
    }

    /** The supervisor's process, for tests that end it. */
    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Sends a message, in the order of the calls. One that cannot be sent is lost with its supervisor. */
    void send(JsonNode message) {
        outbox.add(message);
    }

    private void emptyOutbox() {
        try (DataOutputStream requests =
                new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16))) {
            while (process.isAlive()) {
                JsonNode message = outbox.take();
                if (message.isMissingNode()) {
                    return;
                }
                byte[] body = JSON.writeValueAsBytes(message);
                requests.writeInt(body.length);
                requests.write(body);
                requests.flush();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        outbox.add(MissingNode.getInstance());
        stop();
    }

    /** It ends by itself once a pipe to it is closed, and takes its jails along; only one that hangs is killed. */
    private void stop() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
