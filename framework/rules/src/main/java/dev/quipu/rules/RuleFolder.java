package dev.quipu.rules;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads all {@code *.drl} files of a folder and its sub-folders, in the order of their names. */
final class RuleFolder {
    private static final int MAX_FILES = 500;
    private static final long MAX_BYTES = 1 << 20;

    private final Path folder;

    RuleFolder(Path folder) {
        this.folder = folder;
    }

    List<RuleSource> read() {
        if (!Files.isDirectory(folder)) {
            throw new RulesException(
                    RulesError.SOURCES, "The folder of rules %s does not exist. Correct the path.".formatted(folder));
        }
        List<Path> files = files();
        if (files.isEmpty() || files.size() > MAX_FILES) {
            throw new RulesException(
                    RulesError.SOURCES,
                    "The folder %s has %d files *.drl; expected are 1 to %d. Correct the path or the folder."
                            .formatted(folder, files.size(), MAX_FILES));
        }
        List<RuleSource> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(new RuleSource(nameOf(file), text(file)));
        }
        return sources;
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.getFileName() != null
                            && path.getFileName().toString().endsWith(".drl")
                            && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new RulesException(
                    RulesError.SOURCES, "The folder %s cannot be listed: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private String nameOf(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static String text(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_BYTES) {
                throw new RulesException(
                        RulesError.SOURCES,
                        "The rule file %s has %d bytes; at most %d are read. Split it."
                                .formatted(file, bytes, MAX_BYTES));
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new RulesException(
                    RulesError.SOURCES, "The rule file %s is not UTF-8. Save it as UTF-8.".formatted(file), e);
        } catch (IOException e) {
            throw new RulesException(
                    RulesError.SOURCES, "The rule file %s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
