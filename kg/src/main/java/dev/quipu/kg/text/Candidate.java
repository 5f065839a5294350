package dev.quipu.kg.text;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A passage that a search considers, with what it knows of it so far. */
final class Candidate {
    final int passage;
    /** The terms of the question that it holds. */
    final long held;

    final float[] features = new float[Feature.values().length];
    /** By the last stage. */
    double score;
    /** Against the best of the last stage: 1 for the best, near 0 for most. */
    float standing;
    /** Its rank by the first stage, which knows no links. */
    int firstRank = Integer.MAX_VALUE;

    private final Map<LinkKind, Link> links = new EnumMap<>(LinkKind.class);

    /** How a candidate is linked to a better one. */
    enum LinkKind {
        TITLE,
        BACK,
        SHARED
    }

    /** A link from a candidate that was good already. */
    record Link(Candidate from, int entity, float strength) {}

    Candidate(int passage, long held) {
        this.passage = passage;
        this.held = held;
    }

    void raise(Feature feature, float value) {
        int at = feature.at();
        features[at] = Math.max(features[at], value);
    }

    void set(Feature feature, float value) {
        features[feature.at()] = value;
    }

    float get(Feature feature) {
        return features[feature.at()];
    }

    void remember(LinkKind kind, Candidate from, int entity, float strength) {
        Link known = links.get(kind);
        if (known == null || known.strength() < strength) {
            links.put(kind, new Link(from, entity, strength));
        }
    }

    /** The strongest link of a kind. */
    @Nullable
    Link link(LinkKind kind) {
        return links.get(kind);
    }
}
