package dev.quipu.training.internal;

import dev.quipu.QuipuException;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import dev.quipu.training.internal.ggml.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A training's state on the disk, as a GGUF file: the adapter, the optimiser's moments, the steps taken and their losses.
 * The order of the examples and all chance follow from the seed and the step, so that these are all there is.
 */
final class Checkpoint {
    private static final String STEP = "quipu.training.step";
    private static final String LOSSES = "losses";
    private static final String FIRST = ".m";
    private static final String SECOND = ".v";

    private final Path file;
    private final Fingerprint fingerprint;

    Checkpoint(Path file, Fingerprint fingerprint) {
        this.file = file;
        this.fingerprint = fingerprint;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Replaces the checkpoint; the old one is there until the new one is whole. */
    void write(Adapter adapter, List<Float> losses) {
        GgufWriter out = new GgufWriter()
                .put("general.type", "checkpoint")
                .put("general.architecture", "quipu-training")
                .put(STEP, losses.size());
        fingerprint.put(out);
        if (!losses.isEmpty()) {
            float[] values = new float[losses.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = losses.get(i);
            }
            out.tensor(LOSSES, 0, new long[] {values.length}, 4L * values.length, () -> GgufWriter.little(values));
        }
        for (Parameter parameter : adapter.parameters()) {
            out.tensor(parameter.name(), parameter.weight());
            out.tensor(parameter.name() + FIRST, parameter.first());
            out.tensor(parameter.name() + SECOND, parameter.second());
        }
        AtomicFile.write(file, out::write);
    }

    /**
     * Takes the state over.
     *
     * @return the losses of the steps taken
     * @throws TrainingException if it is of another training, or damaged
     */
    List<Float> read(Adapter adapter) {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            GgufFile header = GgufFile.read(file);
            List<String> different = fingerprint.differences(header);
            if (!different.isEmpty()) {
                throw new TrainingException(
                        TrainingError.CHECKPOINT,
                        file + " is of a training with other " + String.join(", ", different)
                                + ". Use the same, or remove it to begin anew.");
            }
            Reader reader = new Reader(header, in);
            for (Parameter parameter : adapter.parameters()) {
                reader.read(parameter.name(), parameter.weight());
                reader.read(parameter.name() + FIRST, parameter.first());
                reader.read(parameter.name() + SECOND, parameter.second());
            }
            List<Float> losses = new ArrayList<>();
            if (header.number(STEP).orElse(0) > 0) {
                for (float loss : reader.floats(LOSSES)) {
                    losses.add(loss);
                }
            }
            return losses;
        } catch (TrainingException e) {
            throw e;
        } catch (IOException | QuipuException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    private TrainingException damaged(String why, Exception cause) {
        return new TrainingException(
                TrainingError.CHECKPOINT, file + " is damaged: " + why + " Remove it to begin anew.", cause);
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new TrainingException(TrainingError.OUTPUT, file + " cannot be removed: " + e + ".", e);
        }
    }

    private record Reader(GgufFile header, FileChannel in) {
        void read(String name, Tensor tensor) throws IOException {
            float[] values = floats(name);
            if (values.length != tensor.elements()) {
                throw new IOException(name + " has another size.");
            }
            tensor.write(values);
        }

        float[] floats(String name) throws IOException {
            GgufTensor entry = header.tensor(name).orElseThrow(() -> new IOException(name + " is missing."));
            ByteBuffer bytes =
                    ByteBuffer.allocate(Math.toIntExact(entry.bytes())).order(ByteOrder.LITTLE_ENDIAN);
            long start = header.dataOffset() + entry.offset();
            while (bytes.hasRemaining()) {
                if (in.read(bytes, start + bytes.position()) < 0) {
                    throw new IOException(name + " ends early.");
                }
            }
            float[] values = new float[bytes.flip().remaining() / 4];
            bytes.asFloatBuffer().get(values);
            return values;
        }
    }
}
