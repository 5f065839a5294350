package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.gguf.GgufException;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.ModelCard;
import dev.quipu.llama.gguf.ModelCheck;
import dev.quipu.llama.gguf.TensorType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code model inspect} shows of a model's file.
 *
 * @param refusal why the engine does not load it; empty when it does
 * @param sha256 of the file; empty when it was not asked for
 */
record ModelInspection(Path file, GgufFile header, ModelCard card, String refusal, String sha256) {
    /** Reads a file's header. A model that the engine refuses is shown all the same, with the reason. */
    static ModelInspection of(Path file, boolean hash) {
        GgufFile header = GgufFile.read(file);
        return new ModelInspection(file, header, ModelCard.of(header), refusal(file), hash ? sha256(file) : "");
    }

    private static String refusal(Path file) {
        try {
            ModelCheck.require(file);
            return "";
        } catch (GgufException e) {
            return e.code().id() + " " + e.detail();
        }
    }

    /** A file, or the name of a model that is here; nothing is pulled. */
    static Path locate(String name) {
        Path file = Path.of(name);
        if (Files.isRegularFile(file)) {
            return file;
        }
        if (name.endsWith(".gguf")) {
            throw new ServerException(ServerError.IO, file + " is not there. Check the path.");
        }
        ModelStore store = ModelStore.standard();
        Path pulled = store.path(name);
        if (!store.has(name)) {
            throw new ServerException(
                    ServerError.IO, name + " is not on this machine. Pull it with './quipu model pull " + name + "'.");
        }
        return pulled;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "file", file.toString());
        line(text, "name", card.name());
        line(text, "architecture", card.architecture());
        line(text, "parameters", String.format(Locale.ROOT, "%,d", card.parameters()));
        line(text, "quantization", card.quantization() + " (" + shares() + ")");
        line(text, "layers", card.layers() + " of width " + card.embeddingLength());
        line(text, "context", card.contextLength() + " tokens");
        line(text, "vocabulary", card.vocabulary() + " tokens, tokeniser " + card.tokenizer());
        line(text, "chat template", card.template().isEmpty() ? "no" : "yes");
        line(text, "licence", card.licence().isEmpty() ? "not stated" : card.licence());
        line(text, "size", String.format(Locale.ROOT, "%,d bytes, GGUF %d", header.size(), header.version()));
        line(text, "tensors", header.tensors().size() + " from byte " + header.dataOffset());
        Optional.of(sha256).filter(s -> !s.isEmpty()).ifPresent(s -> line(text, "sha256", s));
        line(text, "loads", refusal.isEmpty() ? "yes" : "no: " + refusal);
        return text.toString();
    }

    ObjectNode json() {
        ObjectNode json = Json.create()
                .put("file", file.toString())
                .put("name", card.name())
                .put("architecture", card.architecture())
                .put("parameters", card.parameters())
                .put("quantization", card.quantization())
                .put("layers", card.layers())
                .put("embedding", card.embeddingLength())
                .put("context", card.contextLength())
                .put("vocabulary", card.vocabulary())
                .put("tokenizer", card.tokenizer())
                .put("template", !card.template().isEmpty())
                .put("template_sha256", card.templateHash())
                .put("licence", card.licence())
                .put("size", header.size())
                .put("version", header.version())
                .put("tensors", header.tensors().size())
                .put("loads", refusal.isEmpty());
        if (!refusal.isEmpty()) {
            json.put("refusal", refusal);
        }
        if (!sha256.isEmpty()) {
            json.put("sha256", sha256);
        }
        ObjectNode types = json.putObject("types");
        new TreeMap<>(card.types()).forEach((type, count) -> types.put(type.name(), count));
        return json;
    }

    /** The types of the weights, the most frequent first. */
    private String shares() {
        return card.types().entrySet().stream()
                .sorted(Map.Entry.<TensorType, Long>comparingByValue().reversed())
                .map(e ->
                        String.format(Locale.ROOT, "%s %.1f %%", e.getKey(), 100.0 * e.getValue() / card.parameters()))
                .collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder text, String name, String value) {
        // A file is untrusted, and a terminal obeys control characters.
        String shown = value.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        text.append(String.format(Locale.ROOT, "%-14s %s%n", name, shown));
    }

    private static String sha256(Path file) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
