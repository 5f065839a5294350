package dev.quipu.training.internal;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.training.LoraOptions;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An adapter as llama.cpp loads it. */
final class AdapterFile {
    private AdapterFile() {}

    /** Replaces a file by the adapter. */
    static void write(Path file, Adapter adapter, Geometry geometry, Fingerprint fingerprint) {
        GgufWriter out = new GgufWriter()
                .put("general.type", "adapter")
                .put("general.architecture", geometry.family().key())
                .put("adapter.type", "lora")
                .put("adapter.lora.alpha", alpha(adapter.options()));
        fingerprint.put(out);
        adapter.parameters().forEach(p -> out.tensor(p.name(), p.weight()));
        AtomicFile.write(file, out::write);
    }

    /** llama.cpp divides by the rank, whatever the adapter was trained with. */
    static float alpha(LoraOptions options) {
        return options.scale() * options.rank();
    }

    /** Whether a file is the result of the same training. */
    static boolean isOf(Path file, Fingerprint fingerprint) {
        try {
            return Files.exists(file)
                    && fingerprint.differences(GgufFile.read(file)).isEmpty();
        } catch (dev.quipu.llama.gguf.GgufException e) {
            return false;
        }
    }

    /** Finds out before a long training whether its result will have a place. */
    static void requirePlace(Path file) {
        try {
            Path folder = java.util.Objects.requireNonNull(file.getParent());
            Files.createDirectories(folder);
            if (!Files.isWritable(folder) || Files.isDirectory(file)) {
                throw new TrainingException(
                        TrainingError.OUTPUT, file + " cannot be written. Take another place with --out.");
            }
        } catch (IOException e) {
            throw new TrainingException(TrainingError.OUTPUT, file + " cannot be written: " + e + ".", e);
        }
    }
}
