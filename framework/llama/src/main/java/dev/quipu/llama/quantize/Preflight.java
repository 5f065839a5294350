package dev.quipu.llama.quantize;

import dev.quipu.llama.gguf.GgufException;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.llama.gguf.ModelCheck;
import dev.quipu.llama.gguf.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/** What is checked before a process is started for a request. */
final class Preflight {
    private static final Set<TensorType> FULL = Set.of(TensorType.F32, TensorType.F16, TensorType.BF16);

    private Preflight() {}

    /** @throws QuantizeException that says why the request cannot be served */
    static GgufFile require(QuantizeRequest request, FreeSpace space) {
        GgufFile model = model(request.input());
        if (!request.requantize() && request.type() != Quantization.BATCHED) {
            requireFull(request, model);
        }
        requirePlace(request);
        requireSpace(request, model, space);
        return model;
    }

    /** How many bytes a disk has left. */
    interface FreeSpace {
        long at(Path folder) throws IOException;
    }

    private static GgufFile model(Path input) {
        try {
            return ModelCheck.require(input);
        } catch (GgufException e) {
            throw new QuantizeException(QuantizeError.INPUT, input + " is not quantized: " + e.getMessage(), e);
        }
    }

    private static void requireFull(QuantizeRequest request, GgufFile model) {
        model.tensors().stream()
                .filter(t -> t.dimensions().size() > 1 && !FULL.contains(t.type()))
                .findFirst()
                .ifPresent(t -> {
                    throw new QuantizeException(
                            QuantizeError.QUANTIZED,
                            request.input() + " is quantized already: " + t.name() + " is " + t.type()
                                    + ". Each time loses more. Take an F16 file, or allow it (--requantize).");
                });
    }

    private static void requirePlace(QuantizeRequest request) {
        Path output = request.output();
        Path folder = Objects.requireNonNull(output.getParent(), "an absolute file has a folder");
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new QuantizeException(
                    QuantizeError.OUTPUT, folder + " is no folder that can be written to. Choose another.");
        }
        if (Files.isDirectory(output)) {
            throw new QuantizeException(QuantizeError.OUTPUT, output + " is a folder. Name a file.");
        }
        if (Files.exists(output) && (!request.replace() || same(request.input(), output))) {
            throw new QuantizeException(
                    QuantizeError.OUTPUT,
                    output + (same(request.input(), output) ? " is the input itself" : " is there already")
                            + ". Choose another name, or allow to replace a file (--replace).");
        }
    }

    private static boolean same(Path input, Path output) {
        try {
            return Files.isSameFile(input, output);
        } catch (IOException e) {
            return input.equals(output);
        }
    }

    private static void requireSpace(QuantizeRequest request, GgufFile model, FreeSpace space) {
        long most = mostBytes(model, request.type());
        Path folder = Objects.requireNonNull(request.output().getParent());
        try {
            long free = space.at(folder);
            if (free < most) {
                throw new QuantizeException(
                        QuantizeError.DISK,
                        "The output takes up to " + most + " bytes, but " + folder + " has " + free
                                + " left. Free some, or choose another disk.");
            }
        } catch (IOException e) {
            throw new QuantizeException(QuantizeError.OUTPUT, folder + " cannot be asked for its space: " + e + ".", e);
        }
    }

    /** A bound of the output's size: the header, and each tensor in the widest type that the mix may give it. */
    static long mostBytes(GgufFile model, Quantization type) {
        long bytes = model.dataOffset() + 4096;
        for (GgufTensor tensor : model.tensors()) {
            double converted = tensor.elements() * type.mostBits(tensor.dimension(0)) / Byte.SIZE;
            boolean kept = tensor.dimensions().size() < 2 || type.keeps(tensor.type());
            bytes += (kept ? tensor.bytes() : (long) Math.ceil(converted)) + model.alignment();
        }
        return bytes;
    }
}
