package dev.quipu.rules;

import dev.quipu.Mention;

/**
 * A thing that the question is about, as rules see it.
 *
 * @param slot the kind of thing: {@code order}, {@code product}, {@code foreign}
 * @param id its key in the graph, or a normalised value
 * @param name how the graph calls it
 */
public record Slot(String slot, String id, String name) {
    static Slot of(Mention mention) {
        return new Slot(mention.slot(), mention.id(), mention.name());
    }
}
