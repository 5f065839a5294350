package dev.quipu.kg.text;

import java.util.List;

/**
 * Passages that belong together because they mention the same things.
 *
 * @param names the entities that hold it together, strongest first
 * @param passages the ids of its passages, the most connected first
 */
public record Topic(List<String> names, List<String> passages) {
    public Topic {
        names = List.copyOf(names);
        passages = List.copyOf(passages);
    }
}
