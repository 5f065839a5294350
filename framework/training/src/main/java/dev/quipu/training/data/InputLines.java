package dev.quipu.training.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a file in UTF-8, which may be compressed: none longer than memory, none with bytes that are no text. */
final class InputLines implements AutoCloseable {
    private static final int MOST_BYTES = 16 << 20;

    private final Path file;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    private long number;

    InputLines(Path file) {
        this.file = file;
        in = open(file);
    }

    static InputStream open(Path file) {
        try {
            InputStream raw = Files.newInputStream(file);
            boolean packed = String.valueOf(file.getFileName()).endsWith(".gz");
            return new BufferedInputStream(packed ? new GZIPInputStream(raw) : raw, 1 << 16);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    static DataException unreadable(String place, IOException e) {
        return new DataException(DataError.READ, place + " cannot be read: " + e + ".", e);
    }

    /** The next line without its end; null after the last. */
    @Nullable
    String next() {
        try {
            line.reset();
            int c = in.read();
            if (c < 0) {
                return null;
            }
            number++;
            for (; c >= 0 && c != '\n'; c = in.read()) {
                line.write(c);
                if (line.size() > MOST_BYTES) {
                    throw DataException.form(place(), "is longer than " + MOST_BYTES + " bytes", null);
                }
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
            String unmarked = number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
            return unmarked.endsWith("\r") ? unmarked.substring(0, unmarked.length() - 1) : unmarked;
        } catch (CharacterCodingException e) {
            throw DataException.form(place(), "is no UTF-8", e);
        } catch (IOException e) {
            throw unreadable(place(), e);
        }
    }

    /** The last line, in words. */
    String place() {
        return file + ", line " + number;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }
}
