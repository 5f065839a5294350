package dev.quipu;

import java.util.List;

/**
 * What a conversation is about when a question comes.
 *
 * @param mentions mentions of the turns before, latest first, each thing once
 * @param intent the reading of the latest turn that had one, empty when there was none
 */
public record Focus(List<Mention> mentions, String intent) {
    /** The focus of a first question. */
    public static final Focus NONE = new Focus(List.of(), "");

    public Focus {
        mentions = List.copyOf(mentions);
    }
}
