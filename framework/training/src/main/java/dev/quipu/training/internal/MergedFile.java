package dev.quipu.training.internal;

import dev.quipu.llama.gguf.AdapterCheck;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.llama.gguf.GgufValue;
import dev.quipu.llama.gguf.ModelCheck;
import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.MergeRequest;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import dev.quipu.training.internal.ggml.Backend;
import dev.quipu.training.internal.ggml.RowQuantizer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleConsumer;

/** A base and an adapter that belong together, and the file that they make. */
public final class MergedFile {
    private static final String A = ".lora_a";

    private final MergeRequest request;
    private final GgufFile base;
    private final GgufFile adapter;
    private final List<GgufTensor> changed;

    private MergedFile(MergeRequest request) {
        this.request = request;
        base = ModelCheck.require(request.base());
        adapter = AdapterCheck.require(request.adapter(), base);
        changed = adapter.tensors().stream()
                .map(GgufTensor::name)
                .filter(name -> name.endsWith(A))
                .map(name -> base.tensor(name.substring(0, name.length() - A.length()))
                        .orElseThrow())
                .toList();
    }

    /** @throws dev.quipu.QuipuException if they are not of each other, or the output has no place */
    public static MergedFile of(MergeRequest request) {
        MergedFile file = new MergedFile(request);
        file.changed.forEach(file::requireMergeable);
        file.requirePlace();
        return file;
    }

    private void requireMergeable(GgufTensor weight) {
        if (weight.dimensions().size() != 2) {
            throw new TrainingException(
                    TrainingError.ADAPTER,
                    "The adapter changes " + weight.name() + ", which is a stack of matrices. Such models are served"
                            + " with the adapter beside them.");
        }
        if (request.type().isEmpty()
                && RowQuantizer.needsStatistics(weight.type().id())) {
            throw new TrainingException(
                    TrainingError.ADAPTER,
                    weight.name() + " is " + weight.type() + ", which cannot be made without an importance matrix."
                            + " Name another type.");
        }
    }

    private void requirePlace() {
        Path output = request.output();
        AdapterFile.requirePlace(output);
        if (output.equals(request.base()) || output.equals(request.adapter())) {
            throw new TrainingException(TrainingError.OUTPUT, output + " is an input itself. Choose another name.");
        }
        if (Files.exists(output) && !request.replace()) {
            throw new TrainingException(
                    TrainingError.OUTPUT,
                    output + " is there already. Choose another name, or allow to replace a file (--replace).");
        }
    }

    /** Weights that are changed. */
    public int weights() {
        return changed.size();
    }

    /** Writes the model, weight by weight; the target appears when it is whole. */
    public void write(Path target, DoubleConsumer progress) throws IOException {
        try (FileChannel baseIn = FileChannel.open(request.base());
                FileChannel adapterIn = FileChannel.open(request.adapter());
                Backend backend = Backend.cpu(request.threads())) {
            WeightMerge.Source from = new WeightMerge.Source(base, baseIn);
            WeightMerge.Source with = new WeightMerge.Source(adapter, adapterIn);
            ModelCopy copy = new ModelCopy(base, baseIn);
            for (GgufTensor weight : changed) {
                TensorType type = type(weight);
                WeightMerge merge = new WeightMerge(from, with, weight, type, scale(weight), backend);
                copy.replace(weight.name(), type, merge::write);
            }
            requireSpace(target, copy.bytes());
            AtomicFile.write(target, out -> copy.write(out, progress));
        }
    }

    /** What is quantized afterwards is written without a loss that counts. */
    private TensorType type(GgufTensor weight) {
        if (request.type().isEmpty()) {
            return weight.type();
        }
        return weight.type() == TensorType.F32 ? TensorType.F32 : TensorType.F16;
    }

    /** As llama.cpp counts it: an alpha of zero is none. */
    private float scale(GgufTensor weight) {
        float alpha =
                adapter.metadata().get("adapter.lora.alpha") instanceof GgufValue.Real real ? (float) real.number() : 0;
        long rank = adapter.tensor(weight.name() + ".lora_b").orElseThrow().dimension(0);
        return alpha == 0 ? request.scale() : request.scale() * alpha / rank;
    }

    private static void requireSpace(Path target, long bytes) throws IOException {
        Path folder = Objects.requireNonNull(target.getParent());
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new TrainingException(
                    TrainingError.OUTPUT,
                    "The merged model takes " + bytes + " bytes, but " + folder + " has " + free
                            + " left. Free some, or choose another disk.");
        }
    }
}
