package dev.quipu.kg.question;

import dev.quipu.Language;
import dev.quipu.Mention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question without its names: each mention is replaced by a typical word of its slot, so that questions about
 * different things look alike.
 *
 * @param text the text for an embedding model
 * @param words the words for lexical comparison, mentions as {@code {slot}}
 */
record Delexicalized(String text, List<String> words) {
    private static final Pattern HOLE = Pattern.compile("\\{([a-z-]+)}");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*(\\.\\d+)?");
    private static final Set<String> KEPT = Set.of(Quantities.MAXIMUM, Quantities.MINIMUM);
    private static final Map<String, String> ENGLISH = Map.of(
            "order",
            "W1",
            "product",
            "gadget",
            "item",
            "I1",
            "option",
            "red",
            "option-name",
            "color",
            "status",
            "pending",
            "customer",
            "John Smith",
            "payment-kind",
            "gift card",
            Quantities.MAXIMUM,
            "100 dollars",
            Quantities.MINIMUM,
            "100 dollars");
    private static final Map<String, String> CHINESE = Map.of(
            "order",
            "W1",
            "product",
            "手机",
            "item",
            "I1",
            "option",
            "红色",
            "option-name",
            "颜色",
            "status",
            "待处理",
            "customer",
            "张三",
            "payment-kind",
            "礼品卡",
            Quantities.MAXIMUM,
            "100元",
            Quantities.MINIMUM,
            "100元");

    /** An example of a suite, whose holes are its mentions. */
    static Delexicalized ofExample(String example, Language language) {
        Builder builder = new Builder(language);
        Matcher hole = HOLE.matcher(example);
        int from = 0;
        while (hole.find()) {
            builder.plain(example.substring(from, hole.start()));
            builder.mention(hole.group(1));
            from = hole.end();
        }
        builder.plain(example.substring(from));
        return builder.build();
    }

    /** A customer's question with its mentions, which do not overlap. */
    static Delexicalized ofQuestion(String question, List<Mention> mentions, Language language) {
        Builder builder = new Builder(language);
        int from = 0;
        for (Mention mention : mentions.stream()
                .sorted(Comparator.comparingInt(Mention::start))
                .toList()) {
            if (mention.start() >= from && mention.end() > mention.start() && !KEPT.contains(mention.slot())) {
                builder.plain(question.substring(from, mention.start()));
                builder.mention(mention.slot());
                from = mention.end();
            }
        }
        builder.plain(question.substring(from));
        return builder.build();
    }

    private static final class Builder {
        private final Map<String, String> typical;
        private final StringBuilder text = new StringBuilder();
        private final List<String> words = new ArrayList<>();

        Builder(Language language) {
            typical = language == Language.CHINESE ? CHINESE : ENGLISH;
        }

        void plain(String part) {
            String even = NUMBER.matcher(part).replaceAll("100");
            text.append(even);
            words.addAll(Words.of(even));
        }

        void mention(String slot) {
            String word = typical.getOrDefault(slot, slot);
            text.append(word);
            if (KEPT.contains(slot)) {
                words.addAll(Words.of(word));
            } else {
                words.add("{" + slot + "}");
            }
        }

        Delexicalized build() {
            return new Delexicalized(text.toString().strip(), List.copyOf(words));
        }
    }
}
