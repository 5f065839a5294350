package dev.quipu.training.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that takes its name once it is whole. Until then, and if it never is, what had the name before keeps it. */
final class OutputFile implements AutoCloseable {
    private final Path target;
    private final Path partial;
    private final FileChannel channel;
    private final OutputStream out;
    private long lines;

    OutputFile(Path target) {
        this.target = target;
        partial = target.resolveSibling("." + target.getFileName() + ".partial");
        try {
            channel = FileChannel.open(
                    partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void line(byte[] bytes) {
        try {
            out.write(bytes);
            out.write('\n');
            lines++;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void text(String text) {
        line(text.stripTrailing().getBytes(StandardCharsets.UTF_8));
    }

    long lines() {
        return lines;
    }

    /** All of it is on the disk after this. */
    void finish() {
        try {
            out.flush();
            channel.force(true);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** It takes its name. */
    void publish() {
        try {
            channel.close();
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private DataException unwritable(IOException e) {
        return new DataException(
                DataError.OUTPUT,
                target + " cannot be written: " + e + ". Free disk space or take another place, and run it again.",
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }
}
