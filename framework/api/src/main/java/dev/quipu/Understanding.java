package dev.quipu;

import java.util.List;

/**
 * What a question may mean.
 *
 * @param readings intents that fit, best first; empty when nothing does
 * @param mentions everything that was linked, also what no reading uses
 * @param certain whether the first reading stands so clear of the second that nobody needs to choose
 */
public record Understanding(List<Intent> readings, List<Mention> mentions, boolean certain) {
    public Understanding {
        readings = List.copyOf(readings);
        mentions = List.copyOf(mentions);
    }
}
