package dev.quipu;

import java.util.List;

/**
 * The result of checking a text against facts.
 *
 * @param claims numbers, ids and names that were found in the text
 * @param unsupported those that stand in no fact
 */
public record Verification(List<String> claims, List<String> unsupported) {
    public static final Verification NOTHING_CLAIMED = new Verification(List.of(), List.of());

    public Verification {
        claims = List.copyOf(claims);
        unsupported = List.copyOf(unsupported);
    }

    public boolean holds() {
        return unsupported.isEmpty();
    }
}
