package dev.quipu;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that is known, as a sentence and as values.
 *
 * @param id how an answer cites it: {@code f1}, {@code f2}, …
 * @param type what it is about, for rules: {@code order}, {@code variant}, {@code policy}
 * @param text the fact as one sentence in the language of the answer
 * @param values the named values the sentence is made of: strings, longs, doubles, booleans, or lists of them
 * @param sources the rows of data it was read from
 */
public record Fact(String id, String type, String text, Map<String, Object> values, List<Source> sources) {
    public Fact {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        sources = List.copyOf(sources);
    }
}
