package dev.quipu.kg.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What passages are ranked by: for each stage of a search a coefficient for each feature, with vectors and without. The
 * standard one was learnt by {@link RankTraining}; nothing in it knows a corpus.
 */
public final class Ranking {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Map<String, List<Map<Feature, Double>>> coefficients;
    private final List<RankStage> withVectors;
    private final List<RankStage> withoutVectors;

    Ranking(List<Map<Feature, Double>> withVectors, List<Map<Feature, Double>> withoutVectors) {
        coefficients = Map.of("vectors", withVectors, "words", withoutVectors);
        this.withVectors = withVectors.stream().map(RankStage::new).toList();
        this.withoutVectors = withoutVectors.stream().map(RankStage::new).toList();
    }

    private static final class Standard {
        static final Ranking RANKING = load();

        private Standard() {}

        private static Ranking load() {
            try (InputStream in = Objects.requireNonNull(Ranking.class.getResourceAsStream("ranking.json"))) {
                return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The one that comes with Quipu. */
    public static Ranking standard() {
        return Standard.RANKING;
    }

    /** @throws GraphException if it is not what {@link #json()} writes */
    public static Ranking read(String json) {
        try {
            Map<String, List<EnumMap<Feature, Double>>> read = JSON.readValue(json, new TypeReference<>() {});
            return new Ranking(List.copyOf(stages(read, "vectors")), List.copyOf(stages(read, "words")));
        } catch (JsonProcessingException e) {
            throw new GraphException(
                    GraphError.DATA, "This is no ranking: " + e.getOriginalMessage() + ". Learn one anew.", e);
        }
    }

    private static List<EnumMap<Feature, Double>> stages(Map<String, List<EnumMap<Feature, Double>>> read, String of) {
        List<EnumMap<Feature, Double>> stages = read.getOrDefault(of, List.of());
        if (stages.isEmpty()) {
            throw new GraphException(GraphError.DATA, "The ranking has no stages '" + of + "'. Learn one anew.");
        }
        return stages;
    }

    public String json() {
        try {
            return JSON.writeValueAsString(new java.util.TreeMap<>(coefficients));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers are always JSON", e);
        }
    }

    List<RankStage> stages(boolean vectors) {
        return vectors ? withVectors : withoutVectors;
    }

    /** Runs the stages over a new search. */
    Search search(Asked asked) {
        Search search = new Search(asked);
        List<RankStage> stages = stages(asked.dense());
        for (int i = 0; i < stages.size(); i++) {
            if (i > 0) {
                search.expand();
            }
            search.rank(stages.get(i));
            if (i == 0) {
                search.markFirst();
            }
        }
        return search;
    }
}
