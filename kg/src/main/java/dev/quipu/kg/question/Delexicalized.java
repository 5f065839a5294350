package dev.quipu.kg.question;

import dev.quipu.Language;
import dev.quipu.Mention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question without its names: each mention is replaced by a typical word of its slot, so that questions about
 * different things look alike.
 *
 * @param text the text for an embedding model
 * @param words the words for lexical comparison, mentions as {@code {slot}}
 * @param sentences its sentences, where there are several: what is asked often stands in one of them alone
 */
record Delexicalized(String text, List<String> words, List<Delexicalized> sentences) {
    private static final Pattern HOLE = Pattern.compile("\\{([a-z-]+)}");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*(\\.\\d+)?");
    /** Slots whose few words examples may write out. */
    private static final Set<String> LITERAL = Set.of("status", "payment-kind", "option-name", "detail");

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

    /**
     * An example of a suite, whose holes are its mentions.
     *
     * @param linker finds what a question with the same words would mention
     */
    static Delexicalized ofExample(
            String example, Language language, Synonyms synonyms, Function<String, List<Mention>> linker) {
        Builder builder = new Builder(language, synonyms);
        Matcher hole = HOLE.matcher(example);
        int from = 0;
        while (hole.find()) {
            addLinked(builder, example.substring(from, hole.start()), linker);
            builder.mention(hole.group(1));
            from = hole.end();
        }
        addLinked(builder, example.substring(from), linker);
        return builder.build();
    }

    private static void addLinked(Builder builder, String plain, Function<String, List<Mention>> linker) {
        List<Mention> literal = linker.apply(plain).stream()
                .filter(m -> LITERAL.contains(m.slot()))
                .sorted(Comparator.comparingInt(Mention::start).thenComparing(Mention::end, Comparator.reverseOrder()))
                .toList();
        int from = 0;
        for (Mention mention : literal) {
            if (mention.start() >= from) {
                builder.plain(plain.substring(from, mention.start()));
                builder.mention(mention.slot());
                from = mention.end();
            }
        }
        builder.plain(plain.substring(from));
    }

    /**
     * A customer's question with its mentions, which do not overlap.
     *
     * @param spelling corrects what is no mention
     */
    static Delexicalized ofQuestion(
            String question,
            List<Mention> mentions,
            Language language,
            Synonyms synonyms,
            UnaryOperator<String> spelling) {
        Builder builder = new Builder(language, synonyms);
        int from = 0;
        for (Mention mention : mentions.stream()
                .sorted(Comparator.comparingInt(Mention::start))
                .toList()) {
            if (mention.start() >= from && mention.end() > mention.start() && !KEPT.contains(mention.slot())) {
                builder.plain(spelling.apply(question.substring(from, mention.start())));
                builder.mention(mention.slot());
                from = mention.end();
            }
        }
        builder.plain(spelling.apply(question.substring(from)));
        return builder.build();
    }

    /** The whole and, where it has several, each sentence. */
    List<Delexicalized> parts() {
        List<Delexicalized> parts = new ArrayList<>(sentences);
        parts.add(this);
        return parts;
    }

    private static final class Builder {
        private static final Pattern END = Pattern.compile("(?<=[.!?;。！？；…])\\s*");
        private static final int FEWEST_WORDS = 3;

        private final Map<String, String> typical;
        private final Language language;
        private final Synonyms synonyms;
        private final StringBuilder text = new StringBuilder();
        private final List<String> words = new ArrayList<>();
        private final StringBuilder sentence = new StringBuilder();
        private final List<String> sentenceWords = new ArrayList<>();
        private final List<Delexicalized> sentences = new ArrayList<>();

        Builder(Language language, Synonyms synonyms) {
            this.language = language;
            this.synonyms = synonyms;
            typical = language == Language.CHINESE ? CHINESE : ENGLISH;
        }

        void plain(String part) {
            String even = NUMBER.matcher(synonyms.replace(part, language)).replaceAll("100");
            for (String piece : END.split(even)) {
                add(piece, Words.of(piece));
                if (END.matcher(piece).find()) {
                    endSentence();
                }
            }
        }

        void mention(String slot) {
            String word = typical.getOrDefault(slot, slot);
            add(word, KEPT.contains(slot) ? Words.of(word) : List.of("{" + slot + "}"));
        }

        private void add(String piece, List<String> pieceWords) {
            text.append(piece);
            words.addAll(pieceWords);
            sentence.append(piece);
            sentenceWords.addAll(pieceWords);
        }

        private void endSentence() {
            if (sentenceWords.size() >= FEWEST_WORDS) {
                sentences.add(new Delexicalized(sentence.toString().strip(), List.copyOf(sentenceWords), List.of()));
            }
            sentence.setLength(0);
            sentenceWords.clear();
        }

        Delexicalized build() {
            endSentence();
            return new Delexicalized(
                    text.toString().strip(),
                    List.copyOf(words),
                    sentences.size() > 1 ? List.copyOf(sentences) : List.of());
        }
    }
}
