package dev.quipu.llama.gguf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model says of itself, in one view.
 *
 * @param name empty when it has none, as every other text here
 * @param parameters the number of its weights
 * @param quantization the mix that it was quantized to, for example {@code Q4_K_M}
 * @param contextLength tokens that it was trained on; 0 when it does not say
 * @param vocabulary number of tokens
 * @param template the source of its chat template
 * @param types how many of its weights are stored in which type
 */
public record ModelCard(
        String architecture,
        String name,
        String licence,
        long parameters,
        String quantization,
        long contextLength,
        long embeddingLength,
        long layers,
        long vocabulary,
        String tokenizer,
        String template,
        Map<TensorType, Long> types) {
    private static final Map<Long, String> MIXES = Map.ofEntries(
            Map.entry(0L, "F32"),
            Map.entry(1L, "F16"),
            Map.entry(2L, "Q4_0"),
            Map.entry(3L, "Q4_1"),
            Map.entry(7L, "Q8_0"),
            Map.entry(8L, "Q5_0"),
            Map.entry(9L, "Q5_1"),
            Map.entry(10L, "Q2_K"),
            Map.entry(11L, "Q3_K_S"),
            Map.entry(12L, "Q3_K_M"),
            Map.entry(13L, "Q3_K_L"),
            Map.entry(14L, "Q4_K_S"),
            Map.entry(15L, "Q4_K_M"),
            Map.entry(16L, "Q5_K_S"),
            Map.entry(17L, "Q5_K_M"),
            Map.entry(18L, "Q6_K"),
            Map.entry(19L, "IQ2_XXS"),
            Map.entry(20L, "IQ2_XS"),
            Map.entry(21L, "Q2_K_S"),
            Map.entry(22L, "IQ3_XS"),
            Map.entry(23L, "IQ3_XXS"),
            Map.entry(24L, "IQ1_S"),
            Map.entry(25L, "IQ4_NL"),
            Map.entry(26L, "IQ3_S"),
            Map.entry(27L, "IQ3_M"),
            Map.entry(28L, "IQ2_S"),
            Map.entry(29L, "IQ2_M"),
            Map.entry(30L, "IQ4_XS"),
            Map.entry(31L, "IQ1_M"),
            Map.entry(32L, "BF16"),
            Map.entry(36L, "TQ1_0"),
            Map.entry(37L, "TQ2_0"),
            Map.entry(38L, "MXFP4"),
            Map.entry(39L, "NVFP4"),
            Map.entry(40L, "Q1_0"),
            Map.entry(41L, "Q2_0"));

    public ModelCard {
        types = Map.copyOf(types);
    }

    public static ModelCard of(GgufFile file) {
        String architecture = file.text("general.architecture").orElse("");
        Map<TensorType, Long> types = new TreeMap<>();
        file.tensors().forEach(t -> types.merge(t.type(), t.elements(), Long::sum));
        return new ModelCard(
                architecture,
                file.text("general.name").orElse(""),
                file.text("general.license").orElse(""),
                file.tensors().stream().mapToLong(GgufTensor::elements).sum(),
                quantization(file, types),
                file.number(architecture + ".context_length").orElse(0),
                file.number(architecture + ".embedding_length").orElse(0),
                file.number(architecture + ".block_count").orElse(0),
                file.array("tokenizer.ggml.tokens").map(GgufValue.Array::count).orElse(0L),
                file.text("tokenizer.ggml.model").orElse(""),
                file.text("tokenizer.chat_template").orElse(""),
                types);
    }

    /** The mix that the file names; else the type that most of its weights have. */
    private static String quantization(GgufFile file, Map<TensorType, Long> types) {
        String most = types.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(e -> e.getKey().name())
                .orElse("");
        return file.number("general.file_type").stream()
                .mapToObj(id -> MIXES.getOrDefault(id, most))
                .findFirst()
                .orElse(most);
    }

    /** SHA-256 of the chat template, empty when there is none. */
    public String templateHash() {
        try {
            return template.isEmpty()
                    ? ""
                    : HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest(template.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
