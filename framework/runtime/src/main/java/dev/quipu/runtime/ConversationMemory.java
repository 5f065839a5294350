package dev.quipu.runtime;

import dev.quipu.Focus;
import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Language;
import dev.quipu.Mention;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a turn needs to know of the turns before it. It follows from the latest turns of the log alone, so it is the
 * same whether the conversation stayed in memory or was read back.
 *
 * @param who whose conversation it is
 * @param sequence the last turn's
 * @param recent the mentions of the latest turns, latest first
 * @param intent the latest reading, empty before the first
 * @param pending the reading whose missing slots the last answer asked for
 * @param language the language of the last answer; English before the first
 */
record ConversationMemory(
        Identity who,
        long sequence,
        List<List<Mention>> recent,
        String intent,
        Optional<Intent> pending,
        Language language) {
    /** How many turns a mention stays in focus. */
    static final int TURNS = 8;

    private static final Pattern WORD = Pattern.compile("(?<![\\p{L}\\p{N}])\\p{L}{2,}(?![\\p{L}\\p{N}])");

    static ConversationMemory empty(Identity who) {
        return new ConversationMemory(who, 0, List.of(), "", Optional.empty(), Language.ENGLISH);
    }

    ConversationMemory after(LoggedTurn logged) {
        List<List<Mention>> mentions = new ArrayList<>();
        mentions.add(logged.mentions());
        mentions.addAll(recent.subList(0, Math.min(recent.size(), TURNS - 1)));
        String read = logged.turn().answer().evidence().intent();
        return new ConversationMemory(
                who,
                logged.turn().sequence(),
                List.copyOf(mentions),
                read.isEmpty() ? intent : read,
                logged.pending(),
                logged.turn().answer().language());
    }

    Focus focus() {
        Set<String> seen = new HashSet<>();
        List<Mention> mentions = recent.stream()
                .flatMap(List::stream)
                .filter(mention -> seen.add(mention.slot() + "\n" + mention.id()))
                .toList();
        return new Focus(mentions, intent);
    }

    /** The language to answer in: a text without words, such as a bare order number, does not change it. */
    Language languageFor(String text) {
        Language detected = Language.detect(text);
        boolean words = detected == Language.CHINESE || WORD.matcher(text).find();
        return words ? detected : language;
    }
}
