package dev.quipu.server.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.codegen.Draft;
import dev.quipu.codegen.Draw;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drafts that a model wrote before, by all that they depend on. A comparison of strategies reads the same drafts again, so
 * that they differ by what they do and not by luck. One file belongs to one model.
 */
public final class Recordings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Draft> drafts = new ConcurrentHashMap<>();
    private final BufferedWriter out;

    private Recordings(BufferedWriter out) {
        this.out = out;
    }

    /** Reads what is there and goes on behind it. */
    public static Recordings open(Path file) {
        try {
            boolean there = Files.exists(file);
            Recordings recordings =
                    new Recordings(Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            for (String line : there ? Files.readAllLines(file) : List.<String>of()) {
                recordings.read(line);
            }
            return recordings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that was cut off when a run was killed is a draft that is not there. */
    private void read(String line) {
        try {
            JsonNode one = JSON.readTree(line);
            drafts.put(
                    one.path("key").asText(),
                    new Draft(
                            one.path("text").asText(),
                            one.path("promptTokens").asInt(),
                            one.path("outputTokens").asInt(),
                            one.path("cutOff").asBoolean()));
        } catch (JsonProcessingException e) {
            LOG.atWarn().log("A recorded draft was cut off and is left out");
        }
    }

    static String key(String prompt, List<String> stop, Draw draw) {
        String all = prompt + "\0" + draw.temperature() + "\0" + draw.seed() + "\0" + draw.maxTokens() + "\0"
                + String.join("\1", stop);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    Optional<Draft> find(String key) {
        return Optional.ofNullable(drafts.get(key));
    }

    void add(String key, Draft draft) {
        drafts.put(key, draft);
        String line = JSON.createObjectNode()
                .put("key", key)
                .put("text", draft.text())
                .put("promptTokens", draft.promptTokens())
                .put("outputTokens", draft.outputTokens())
                .put("cutOff", draft.cutOff())
                .toString();
        synchronized (out) {
            try {
                out.write(line);
                out.newLine();
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
