package dev.quipu.llama.catalog;

import dev.quipu.llama.CacheFolder;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The adapters on this machine, by name, with every version that each name has had.
 *
 * <p>A version is a file that is written once and never changed; the file {@code current} says which one the name stands
 * for. Each appears in one move, so whoever reads at the same time finds the version before or the one after. Putting a
 * version and rolling back are for one process at a time.
 */
public final class AdapterStore {
    private static final String CURRENT = "current";
    private static final String KIND = ".gguf";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern VERSION = Pattern.compile("\\d{4,9}\\.gguf");

    private final Path folder;

    public AdapterStore(Path folder) {
        this.folder = folder;
    }

    /** The store in the user's cache. */
    public static AdapterStore standard() {
        return new AdapterStore(CacheFolder.base().resolve("adapters"));
    }

    /** The versions of a name, the first one first; none for a name that is not here. */
    public List<Integer> versions(String name) {
        Path shelf = shelf(name);
        if (!Files.isDirectory(shelf)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(shelf)) {
            List<Integer> versions =
                    new ArrayList<>(files.map(f -> f.getFileName().toString())
                            .filter(f -> VERSION.matcher(f).matches())
                            .map(f -> Integer.valueOf(f.substring(0, f.length() - KIND.length())))
                            .toList());
            Collections.sort(versions);
            return List.copyOf(versions);
        } catch (IOException e) {
            throw failed(shelf, "read", e);
        }
    }

    /** The version that a name stands for. */
    public Optional<Integer> current(String name) {
        Path file = shelf(name).resolve(CURRENT);
        try {
            return Files.exists(file)
                    ? Optional.of(Integer.valueOf(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw failed(file, "read", e);
        }
    }

    /** The file of a version. */
    public Path file(String name, int version) {
        return shelf(name).resolve(String.format(Locale.ROOT, "%04d%s", version, KIND));
    }

    /**
     * The file that a name stands for.
     *
     * @throws EngineException if there is none of that name
     */
    public Path find(String name) {
        return file(
                name,
                current(name)
                        .orElseThrow(() -> new EngineException(
                                EngineError.ADAPTER_UNKNOWN,
                                "There is no adapter '" + name + "' in " + folder
                                        + ". Train it, or name its file as NAME=FILE.")));
    }

    /** Copies an adapter as the next version of a name, which from then on stands for it. */
    public int put(String name, Path adapter) {
        List<Integer> versions = versions(name);
        int version = versions.isEmpty() ? 1 : versions.getLast() + 1;
        Path target = file(name, version);
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            Files.createDirectories(shelf(name));
            Files.copy(adapter, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed(target, "written", e);
        }
        choose(name, version);
        return version;
    }

    /**
     * Makes a name stand for the version before the one it stands for. No version is deleted.
     *
     * @return the version that it stands for now
     * @throws EngineException if there is no earlier one
     */
    public int rollBack(String name) {
        int now = current(name).orElse(0);
        int before = versions(name).stream()
                .filter(v -> v < now)
                .reduce((a, b) -> b)
                .orElseThrow(() -> new EngineException(
                        EngineError.ADAPTER_UNKNOWN,
                        "The adapter '" + name + "' has no version before "
                                + (now == 0 ? "the first one" : "version " + now)
                                + ", so there is none to roll back to."));
        choose(name, before);
        return before;
    }

    private void choose(String name, int version) {
        Path file = shelf(name).resolve(CURRENT);
        Path partial = file.resolveSibling(CURRENT + ".partial");
        try {
            Files.writeString(partial, version + "\n");
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(file, "written", e);
        }
    }

    private Path shelf(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new EngineException(
                    EngineError.OPTION,
                    "'" + name + "' is no name of an adapter: it has to be of 1 to 64 letters, digits, dots, dashes and"
                            + " underscores, and to begin with a letter or digit.");
        }
        return folder.resolve(name);
    }

    private static EngineException failed(Path file, String what, Exception cause) {
        return new EngineException(
                EngineError.ADAPTER, file + " cannot be " + what + ": " + cause.getMessage() + ".", cause);
    }
}
