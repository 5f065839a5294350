package dev.quipu.training.internal;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.training.Example;
import dev.quipu.training.LoraOptions;
import dev.quipu.training.OptimizerOptions;
import dev.quipu.training.TrainingOptions;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training's result follows from: options, model and examples. A checkpoint of another training is not resumed.
 * What changes speed and memory alone is not in it.
 */
record Fingerprint(Map<String, String> parts) {
    private static final String PREFIX = "quipu.training.";

    static Fingerprint of(TrainingOptions options, GgufFile model, Lessons lessons) {
        Map<String, String> parts = new LinkedHashMap<>();
        LoraOptions lora = options.lora();
        OptimizerOptions optimizer = options.optimizer();
        parts.put("model", hex(digest(model.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        parts.put("examples", hex(digest(lessons.examples())));
        parts.put("kind", lessons.kind());
        parts.put("adapter", lora.toString());
        parts.put("optimizer", optimizer.toString());
        parts.put("length", String.valueOf(options.length()));
        parts.put("batch", options.batch() + " x " + options.accumulate());
        parts.put("epochs", String.valueOf(options.epochs()));
        parts.put(
                "steps",
                options.steps().isPresent() ? String.valueOf(options.steps().getAsInt()) : "all");
        parts.put("label-smoothing", String.valueOf(options.labelSmoothing()));
        parts.put("packing", String.valueOf(options.packing()));
        parts.put("compact", String.valueOf(options.compact()));
        parts.put("shuffle", String.valueOf(options.shuffle()));
        parts.put("seed", String.valueOf(options.seed()));
        return new Fingerprint(parts);
    }

    void put(GgufWriter out) {
        parts.forEach((key, value) -> out.put(PREFIX + key, value));
    }

    /** The names of the parts in which a file differs. */
    List<String> differences(GgufFile file) {
        return parts.entrySet().stream()
                .filter(e -> !file.text(PREFIX + e.getKey()).orElse("").equals(e.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static byte[] digest(List<Example> examples) {
        MessageDigest digest = sha256();
        for (Example example : examples) {
            ByteBuffer bytes = ByteBuffer.allocate(4 + 5 * example.tokens().length);
            bytes.putInt(example.tokens().length);
            for (int i = 0; i < example.tokens().length; i++) {
                bytes.putInt(example.tokens()[i]).put((byte) (example.trained()[i] ? 1 : 0));
            }
            digest.update(bytes.flip());
        }
        return digest.digest();
    }

    private static byte[] digest(byte[] bytes) {
        return sha256().digest(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
