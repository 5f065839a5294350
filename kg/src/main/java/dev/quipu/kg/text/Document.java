package dev.quipu.kg.text;

import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import java.time.Instant;
import java.util.List;

/**
 * A text to be found, with where it comes from.
 *
 * @param source the key by which it is replaced and deleted, such as a path or an address
 * @param title what it is about; empty when it says so nowhere
 * @param text its body
 * @param aliases further names of what the title names, also in other languages
 * @param tenant whose it is; empty for everybody's
 * @param validity when it holds
 */
public record Document(
        String source, String title, String text, List<String> aliases, String tenant, Validity validity) {
    public Document {
        if (source.isBlank()) {
            throw new GraphException(GraphError.DOCUMENT, "A document has no source. Give it a key of its own.");
        }
        aliases = List.copyOf(aliases);
    }

    /** Everybody's document that always holds. */
    public static Document of(String source, String title, String text) {
        return new Document(source, title, text, List.of(), "", Validity.ALWAYS);
    }

    public Document withAliases(List<String> names) {
        return new Document(source, title, text, names, tenant, validity);
    }

    public Document withTenant(String owner) {
        return new Document(source, title, text, aliases, owner, validity);
    }

    public Document withValidity(Instant from, Instant to) {
        return new Document(source, title, text, aliases, tenant, new Validity(from, to));
    }
}
