package dev.quipu.llama.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.catalog.ModelEntry.Source;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The models that Quipu knows by name. */
public record ModelCatalog(List<ModelEntry> models) {
    public ModelCatalog {
        models = List.copyOf(models);
    }

    /** The catalogue of this release. */
    public static ModelCatalog standard() {
        try (InputStream in = ModelCatalog.class.getResourceAsStream("models.json")) {
            List<ModelEntry> models = new ArrayList<>();
            new ObjectMapper().readTree(in).get("models").forEach(m -> models.add(entry(m)));
            return new ModelCatalog(models);
        } catch (IOException e) {
            throw new EngineException(EngineError.MODEL_UNKNOWN, "The catalogue cannot be read: " + e.getMessage(), e);
        }
    }

    private static ModelEntry entry(JsonNode m) {
        List<Source> sources = new ArrayList<>();
        for (JsonNode source : m.get("sources")) {
            if (source.has("hub")) {
                sources.add(new Source.Hub(
                        source.get("hub").asText(), source.get("file").asText()));
            } else {
                List<String> requirements = new ArrayList<>();
                source.get("packages").forEach(p -> requirements.add(p.asText()));
                sources.add(new Source.Packages(requirements));
            }
        }
        return new ModelEntry(
                m.get("name").asText(),
                m.get("title").asText(),
                m.get("family").asText(),
                m.get("parameters").asText(),
                m.get("quantization").asText(),
                m.get("licence").asText(),
                m.get("context").asInt(),
                m.get("template").asText(),
                m.get("size").asLong(),
                m.get("sha256").asText(),
                m.get("use").asText(),
                sources);
    }

    /** @throws EngineException that names the nearest name, if there is no such model */
    public ModelEntry model(String name) {
        return models.stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        EngineError.MODEL_UNKNOWN,
                        "There is no model '" + name + "'. Did you mean '" + nearest(name) + "'?"));
    }

    private String nearest(String name) {
        return models.stream()
                .map(ModelEntry::name)
                .min(Comparator.comparingInt(n -> distance(n, name)))
                .orElse("");
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
