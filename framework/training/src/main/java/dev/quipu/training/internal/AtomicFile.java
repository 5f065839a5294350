package dev.quipu.training.internal;

import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Replaces a file by a whole one: what was there before stays until the new one is on the disk. */
public final class AtomicFile {
    /** Writes the content. */
    public interface Content {
        void write(FileChannel out) throws IOException;
    }

    private AtomicFile() {}

    /** @throws TrainingException if it cannot be written; what was there before is still there */
    public static void write(Path target, Content content) {
        Path temporary = target.resolveSibling("." + target.getFileName() + ".partial");
        try {
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            try (FileChannel out = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                content.write(out);
                out.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            TrainingException failure = new TrainingException(
                    TrainingError.OUTPUT,
                    target + " cannot be written: " + e + ". What was there before is still there; free disk space or"
                            + " take another place, and try again (a training goes on with --resume).",
                    e);
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
    }
}
