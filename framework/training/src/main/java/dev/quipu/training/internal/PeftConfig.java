package dev.quipu.training.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What PEFT's {@code adapter_config.json} says of an adapter.
 *
 * @param alphas strengths of modules that have one of their own, by the end of their names
 */
record PeftConfig(double rank, double alpha, boolean rsLora, Map<String, Double> alphas) {
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.]+");
    /** What changes the base's weights or the sum in ways that an adapter's file cannot say. */
    private static final List<String> REFUSED = List.of(
            "use_dora",
            "modules_to_save",
            "fan_in_fan_out",
            "lora_bias",
            "use_qalora",
            "use_bdlora",
            "kasa_config",
            "monteclora_config",
            "arrow_config",
            "lora_ga_config",
            "alora_invocation_tokens",
            "trainable_token_indices",
            "target_parameters",
            "layer_replication");
    /** Ways to begin that take something out of the base, which is then another. */
    private static final Pattern CHANGED_BASE = Pattern.compile("(pissa|olora|corda|loftq|lora_ga).*");

    PeftConfig {
        alphas = Map.copyOf(alphas);
    }

    /** @throws TrainingException if it cannot be read, or says what llama.cpp's adapters cannot do */
    static PeftConfig read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw refused("its configuration has more than " + MOST_BYTES + " bytes");
            }
            return of(new ObjectMapper().readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new TrainingException(TrainingError.ADAPTER, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static PeftConfig of(JsonNode config) {
        String kind = config.path("peft_type").asText();
        if (!kind.equals("LORA")) {
            throw refused("it is of the kind '" + kind + "', not LORA");
        }
        for (String key : REFUSED) {
            JsonNode value = config.path(key);
            boolean none = value.isMissingNode()
                    || value.isNull()
                    || (value.isBoolean() && !value.booleanValue())
                    || (value.isContainerNode() && value.isEmpty());
            if (!none) {
                throw refused(key + " is " + value);
            }
        }
        if (!config.path("bias").asText("none").equals("none")) {
            throw refused("it trained biases");
        }
        if (CHANGED_BASE.matcher(config.path("init_lora_weights").asText()).matches()) {
            throw refused("it began with " + config.path("init_lora_weights") + ", which changes the base");
        }
        double rank = positive(config, "r");
        return new PeftConfig(
                rank,
                positive(config, "lora_alpha"),
                config.path("use_rslora").asBoolean(),
                alphas(config.path("alpha_pattern")));
    }

    private static Map<String, Double> alphas(JsonNode patterns) {
        Map<String, Double> alphas = new LinkedHashMap<>();
        patterns.properties().forEach(pattern -> {
            if (!PLAIN.matcher(pattern.getKey()).matches()) {
                throw refused("its alpha_pattern has '" + pattern.getKey() + "', which is no plain name");
            }
            alphas.put(pattern.getKey(), positive(patterns, pattern.getKey()));
        });
        return alphas;
    }

    private static double positive(JsonNode config, String key) {
        double value = config.path(key).asDouble();
        if (!(value > 0) || !Double.isFinite(value)) {
            throw refused(key + " is " + config.path(key) + ", but has to be above 0");
        }
        return value;
    }

    /** The strength that the file gets; llama.cpp divides it by each pair's own rank. */
    float fileAlpha() {
        return (float) (rsLora ? alpha * Math.sqrt(rank) : alpha);
    }

    /** What a module's B is multiplied by, so that the file's strength is right for it; mostly 1. */
    float factor(String module, long itsRank) {
        double own = alphas.entrySet().stream()
                .filter(e -> module.equals(e.getKey()) || module.endsWith("." + e.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .findFirst()
                .orElse(alpha);
        double wanted = own / (rsLora ? Math.sqrt((double) itsRank) : (double) itsRank);
        return (float) (wanted * itsRank / fileAlpha());
    }

    private static TrainingException refused(String why) {
        return new TrainingException(TrainingError.ADAPTER, "The adapter cannot be taken over: " + why + ".");
    }
}
