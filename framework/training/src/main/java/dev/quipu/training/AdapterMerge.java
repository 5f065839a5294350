package dev.quipu.training;

import dev.quipu.llama.quantize.QuantizeJob;
import dev.quipu.llama.quantize.QuantizeRequest;
import dev.quipu.training.internal.MergedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/**
 * Makes one model of a base and an adapter: each changed weight becomes {@code W + scale * alpha / rank * B A}.
 *
 * <p>It goes weight by weight and rows by rows, so a model larger than the memory can be merged. The output appears when it
 * is whole. In the base's own types each changed weight is rounded anew; what an adapter changes by less than half a step
 * of a coarse type is lost, so the model is closer to base and adapter in a finer type, at best made from an F16 base. For
 * another type the changed weights are written as F16 (F32 where the base has that) into a file beside the output, which
 * llama.cpp then quantizes as {@link QuantizeJob} does.
 */
public final class AdapterMerge {
    private static final double SHARE_OF_MERGE = 0.5;

    private final MergeRequest request;

    public AdapterMerge(MergeRequest request) {
        this.request = request;
    }

    /**
     * Merges.
     *
     * @param progress hears which share is done
     * @throws TrainingException if it cannot be done; the output's place is as it was before
     * @throws dev.quipu.QuipuException if the model or the adapter is not sound, or they are not of each other
     */
    public MergedModel run(DoubleConsumer progress) throws InterruptedException {
        MergedFile merged = MergedFile.of(request);
        try {
            if (request.type().isEmpty()) {
                merged.write(request.output(), progress);
                return result(merged);
            }
            Path whole = request.output().resolveSibling("." + request.output().getFileName() + ".merged.gguf");
            try {
                merged.write(whole, share -> progress.accept(share * SHARE_OF_MERGE));
                quantize(whole, share -> progress.accept(SHARE_OF_MERGE + share * (1 - SHARE_OF_MERGE)));
            } finally {
                Files.deleteIfExists(whole);
            }
            return result(merged);
        } catch (IOException e) {
            throw new TrainingException(
                    TrainingError.OUTPUT, request.output() + " cannot be made: " + e + ". Nothing was replaced.", e);
        }
    }

    private void quantize(Path whole, DoubleConsumer progress) throws InterruptedException {
        QuantizeRequest quantize = new QuantizeRequest(
                whole, request.output(), request.type().orElseThrow(), true, request.replace(), request.threads());
        try (QuantizeJob job = QuantizeJob.start(quantize, progress)) {
            job.await();
        }
    }

    private MergedModel result(MergedFile merged) throws IOException {
        return new MergedModel(
                request.output(), merged.weights(), Files.size(request.base()), Files.size(request.output()));
    }
}
