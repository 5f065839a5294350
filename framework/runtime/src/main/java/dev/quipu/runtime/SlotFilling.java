package dev.quipu.runtime;

import dev.quipu.Intent;
import dev.quipu.Mention;
import dev.quipu.Understanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a message as the answer to a question that the assistant asked back. */
final class SlotFilling {
    private SlotFilling() {}

    /**
     * The pending reading with what the message adds to it; empty when the message is about something else.
     *
     * <p>A message that names only things, such as an order number, always fills the slots. One with words of its own
     * fills them too, unless it stands clear for another reading by itself.
     */
    static Optional<Intent> fill(Intent pending, Understanding understanding, String text) {
        List<Mention> mentions = new ArrayList<>(pending.mentions());
        List<String> missing = new ArrayList<>();
        for (String slot : pending.missing()) {
            understanding.mentions().stream()
                    .filter(mention -> mention.slot().equals(slot))
                    .filter(mention -> mention.how() != Mention.Stage.CONVERSATION)
                    .findFirst()
                    .ifPresentOrElse(mentions::add, () -> missing.add(slot));
        }
        boolean nothing = missing.size() == pending.missing().size();
        if (nothing || (standsForAnother(pending, understanding) && hasOwnWords(text, understanding.mentions()))) {
            return Optional.empty();
        }
        return Optional.of(new Intent(pending.name(), pending.description(), pending.score(), mentions, missing));
    }

    private static boolean standsForAnother(Intent pending, Understanding understanding) {
        return understanding.certain()
                && !understanding.readings().isEmpty()
                && understanding.readings().getFirst().complete()
                && !understanding.readings().getFirst().name().equals(pending.name());
    }

    private static boolean hasOwnWords(String text, List<Mention> mentions) {
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            int at = i;
            boolean named = mentions.stream().anyMatch(mention -> mention.start() <= at && at < mention.end());
            if (!named && Character.isLetter(text.charAt(i))) {
                letters++;
            }
        }
        return letters > 1;
    }
}
