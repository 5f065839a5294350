package dev.quipu.kg.text;

import java.util.List;

/**
 * A piece of a document that is found as a whole.
 *
 * @param id the source and the position
 * @param position its place in the document, from 0
 * @param title the document's title
 */
public record Passage(
        String id,
        String source,
        int position,
        String title,
        String text,
        List<String> aliases,
        String tenant,
        Validity validity) {
    public Passage {
        aliases = List.copyOf(aliases);
    }
}
