package dev.quipu.llama.ffm.internal;

import java.util.List;

/**
 * Adapters that act together, in the order of their names.
 *
 * @param key is the same for sets that compute the same
 */
record AdapterSet(String key, List<Part> parts) {
    /** The model as it is. */
    static final AdapterSet NONE = new AdapterSet("", List.of());

    /** An adapter with its scale. */
    record Part(LoadedAdapter adapter, float scale) {}

    AdapterSet {
        parts = List.copyOf(parts);
    }
}
