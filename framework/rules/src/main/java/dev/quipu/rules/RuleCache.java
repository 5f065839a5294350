package dev.quipu.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.drools.base.util.Drools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps compiled rules on disk, because compiling them takes most of a start.
 *
 * <p>A cached file is code that will run, so it is written for its owner alone, and one that others may write is not
 * read. A damaged or foreign file is compiled again. Nothing here fails a start.
 */
final class RuleCache {
    private static final Logger LOG = LoggerFactory.getLogger(RuleCache.class);
    private static final String FORMAT = "quipu-rules-1";
    private static final List<Class<?>> FACTS =
            List.of(Request.class, Slot.class, Known.class, Today.class, Decisions.class, Decisions.Entry.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;

    RuleCache(Path folder) {
        this.folder = folder;
    }

    /** What the compiled classes depend on: the texts, Drools, the Java release, and the facts that rules call. */
    static String key(List<RuleSource> sources) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(
                    digest,
                    FORMAT + " " + Drools.getFullVersion() + " "
                            + Runtime.version().feature());
            for (Class<?> fact : FACTS) {
                try (InputStream code = fact.getResourceAsStream(
                        fact.getName().substring(fact.getPackageName().length() + 1) + ".class")) {
                    digest.update(code == null ? new byte[0] : code.readAllBytes());
                }
            }
            for (RuleSource source : sources) {
                add(digest, source.name());
                add(digest, source.text());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new RulesException(RulesError.SOURCES, "The rules cannot be hashed: " + e.getMessage(), e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    Optional<CompiledRules> read(String key) {
        Path file = file(key);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (writableByOthers(file) || writableByOthers(folder)) {
                LOG.atWarn().addKeyValue("file", file).log("cached rules are writable by others; compiling instead");
                return Optional.empty();
            }
            return Optional.of(CompiledRules.decode(Files.readAllBytes(file)));
        } catch (IOException | IllegalArgumentException e) {
            LOG.atWarn().addKeyValue("file", file).setCause(e).log("cached rules are damaged; compiling instead");
            return Optional.empty();
        }
    }

    void write(String key, CompiledRules rules) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, key, ".part");
            try {
                if (Files.getFileAttributeView(part, PosixFileAttributeView.class) != null) {
                    Files.setPosixFilePermissions(part, OWNER_ONLY);
                }
                Files.write(part, rules.encode());
                Files.move(part, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.atWarn().addKeyValue("folder", folder).setCause(e).log("compiled rules could not be cached");
        }
    }

    private Path file(String key) {
        return folder.resolve(key + ".zip");
    }

    private static boolean writableByOthers(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS_WRITE::contains);
    }
}
