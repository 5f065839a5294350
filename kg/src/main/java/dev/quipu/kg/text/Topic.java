package dev.quipu.kg.text;

import java.util.List;

/**
 * Passages that belong together because they mention the same things.
 *
 * @param names the entities that hold it together, strongest first
 * @param passages the ids of its passages, the most connected first
 * @param summary sentences of the first passages, each the one that names the most of what holds the topic together
 */
public record Topic(List<String> names, List<String> passages, List<String> summary) {
    public Topic {
        summary = List.copyOf(summary);
        names = List.copyOf(names);
        passages = List.copyOf(passages);
    }
}
