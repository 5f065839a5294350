package dev.quipu.llama.quantize;

import dev.quipu.llama.gguf.GgufException;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.ModelCheck;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.DoubleConsumer;

/**
 * A running quantization.
 *
 * <p>llama.cpp can neither be told to stop while it quantizes nor be kept from ending its process, so it works in a JVM of
 * its own, which {@link #cancel} kills. It writes to a temporary file beside the output, which takes the output's place
 * when it is whole and its header is sound, and is removed otherwise; also when this JVM dies. Progress is the share of
 * the model's weights whose tensors llama.cpp has told of in its log.
 *
 * <p>Thread-safe.
 */
public final class QuantizeJob implements AutoCloseable {
    private final QuantizeRequest request;
    private final GgufFile model;
    private final Path temporary;
    private final QuantizeProcess process;
    private final CompletableFuture<QuantizedModel> result = new CompletableFuture<>();
    private volatile boolean cancelled;

    private QuantizeJob(QuantizeRequest request, GgufFile model, Path temporary) throws IOException {
        this.request = request;
        this.model = model;
        this.temporary = temporary;
        this.process = QuantizeProcess.start(request, model, temporary);
    }

    /**
     * Checks a request and starts it.
     *
     * @param progress hears, on a thread of the job, which share of the weights is done
     * @throws QuantizeException if the request cannot be served
     */
    public static QuantizeJob start(QuantizeRequest request, DoubleConsumer progress) {
        return start(request, progress, folder -> Files.getFileStore(folder).getUsableSpace());
    }

    static QuantizeJob start(QuantizeRequest request, DoubleConsumer progress, Preflight.FreeSpace space) {
        GgufFile model = Preflight.require(request, space);
        try {
            Path folder = Objects.requireNonNull(request.output().getParent());
            // A temporary file of the JDK's own would be for its owner alone, and so would the output.
            Path temporary = Files.createFile(
                    folder.resolve("." + request.output().getFileName() + "." + UUID.randomUUID() + ".partial"));
            QuantizeJob job = begin(request, model, temporary);
            Thread.ofVirtual().name("quipu-quantize").start(() -> job.run(progress));
            return job;
        } catch (IOException e) {
            throw new QuantizeException(
                    QuantizeError.OUTPUT, "The quantization of " + request.input() + " cannot start: " + e + ".", e);
        }
    }

    private static QuantizeJob begin(QuantizeRequest request, GgufFile model, Path temporary) throws IOException {
        try {
            return new QuantizeJob(request, model, temporary);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private void run(DoubleConsumer progress) {
        try {
            String failure = process.follow(model, progress);
            if (!failure.isEmpty() || cancelled) {
                throw new QuantizeException(
                        QuantizeError.FAILED, request.input() + " was not quantized: " + failure.strip());
            }
            result.complete(keep());
        } catch (QuantizeException e) {
            end(e);
        } catch (IOException | RuntimeException e) {
            end(new QuantizeException(
                    QuantizeError.FAILED, request.input() + " was not quantized: " + e + ". Nothing was written.", e));
        }
    }

    private void end(QuantizeException failure) {
        process.kill();
        // What a killed process leaves half said is not why it ended.
        QuantizeException cause = cancelled
                ? new QuantizeException(
                        QuantizeError.CANCELLED, "The quantization of " + request.input() + " was cancelled.", failure)
                : failure;
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        result.completeExceptionally(cause);
    }

    private QuantizedModel keep() throws IOException {
        try {
            ModelCheck.require(temporary);
        } catch (GgufException e) {
            throw new QuantizeException(
                    QuantizeError.FAILED, "llama.cpp wrote a file that is not sound: " + e.getMessage(), e);
        }
        if (request.type() == Quantization.BATCHED) {
            FineBlocks.write(request.input(), temporary);
        }
        try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        if (!request.replace() && Files.exists(request.output())) {
            throw new QuantizeException(
                    QuantizeError.OUTPUT, request.output() + " came to be meanwhile and is not replaced.");
        }
        Files.move(temporary, request.output(), StandardCopyOption.ATOMIC_MOVE);
        return new QuantizedModel(request.output(), request.type(), model.size(), Files.size(request.output()));
    }

    /** Ends the work, unless it is done. Nothing of it is left when {@link #await} has thrown. */
    public void cancel() {
        cancelled = true;
        process.kill();
    }

    /**
     * Waits for the result.
     *
     * @throws QuantizeException if it failed or was cancelled
     */
    public QuantizedModel await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof QuantizeException cause
                    ? cause
                    : new QuantizeException(QuantizeError.FAILED, "The quantization failed: " + e.getCause(), e);
        } catch (CancellationException e) {
            throw new QuantizeException(QuantizeError.CANCELLED, "The quantization was cancelled.", e);
        }
    }

    /** Cancels it, unless it is done. */
    @Override
    public void close() {
        if (!result.isDone()) {
            cancel();
        }
    }
}
