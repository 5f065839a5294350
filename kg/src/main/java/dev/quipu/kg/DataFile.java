package dev.quipu.kg;

import dev.quipu.kg.Mapping.SourceFile;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A data file, read record by record: only one record is in memory at a time.
 *
 * <p>Its encoding is what a byte order mark says, else what the mapping declares, else the first of a few guesses that
 * the whole file fits.
 */
final class DataFile implements RecordSource {
    private static final List<Charset> GUESSES =
            List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"), Charset.forName("windows-1252"));

    private final SourceFile source;
    private final Path path;
    private final Charset charset;
    private final int skip;

    private DataFile(SourceFile source, Path path, Charset charset, int skip) {
        this.source = source;
        this.path = path;
        this.charset = charset;
        this.skip = skip;
    }

    /**
     * Finds the encoding of a file.
     *
     * @param notes hears of decisions that were taken, such as a guessed encoding
     * @throws GraphException if the file cannot be read
     */
    static DataFile open(SourceFile source, Path folder, Consumer<String> notes) {
        Path path = folder.resolve(source.file());
        try (InputStream in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(3);
            if (head.length == 0) {
                notes.accept(source.file() + " is empty.");
            }
            if (starts(head, 0xef, 0xbb, 0xbf)) {
                return new DataFile(source, path, StandardCharsets.UTF_8, 3);
            }
            if (starts(head, 0xff, 0xfe) || starts(head, 0xfe, 0xff)) {
                return new DataFile(source, path, StandardCharsets.UTF_16, 0);
            }
            if (source.charset().isPresent()) {
                return new DataFile(
                        source, path, Charset.forName(source.charset().get()), 0);
            }
            return new DataFile(source, path, guess(source, path, notes), 0);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static boolean starts(byte[] head, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (head.length <= i || (head[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset guess(SourceFile source, Path path, Consumer<String> notes) throws IOException {
        for (Charset guess : GUESSES) {
            try (Reader reader = reader(path, guess, 0)) {
                reader.transferTo(Writer.nullWriter());
                if (!guess.equals(StandardCharsets.UTF_8)) {
                    notes.accept(source.file() + " is not UTF-8: read as " + guess + ". Name its charset to be sure.");
                }
                return guess;
            } catch (CharacterCodingException next) {
                // The next guess may fit.
            }
        }
        throw new GraphException(GraphError.DATA, path + " is in no encoding that is tried; name its charset.");
    }

    private static BufferedReader reader(Path path, Charset charset, int skip) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path));
        in.skipNBytes(skip);
        // A decoder, unlike a charset, reports what it cannot decode instead of replacing it.
        return new BufferedReader(new InputStreamReader(in, charset.newDecoder()), 1 << 16);
    }

    /**
     * Reads the records that the source's path names.
     *
     * @param records takes each record, in the file's order
     * @param bad takes each line that cannot be read
     */
    @Override
    public void read(Consumer<DataRecord> records, Consumer<BadRow> bad) {
        try (BufferedReader reader = reader(path, charset, skip)) {
            switch (source.format()) {
                case CSV -> new CsvRecords(source, bad).read(reader, records);
                case JSON -> new JsonRecords(source, bad).readDocument(reader, records);
                case JSONL -> new JsonRecords(source, bad).readLines(reader, records);
                case SQL -> throw new IllegalStateException("a query is no file");
            }
        } catch (CharacterCodingException e) {
            throw new GraphException(
                    GraphError.DATA, path + " is not in the encoding " + charset + ". Correct its charset.", e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static GraphException unreadable(Path path, IOException e) {
        String reason = e instanceof NoSuchFileException ? "it is not there" : String.valueOf(e.getMessage());
        return new GraphException(
                GraphError.DATA, path + " cannot be read: " + reason + ". Correct the file or the mapping.", e);
    }
}
