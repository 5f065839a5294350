package dev.quipu.kg.question;

import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads pronouns as what the conversation is about: after a question on an order, "how was it paid" asks of that order.
 *
 * <p>Which thing a pronoun stands for is left open where the conversation holds several kinds: each is an alternative,
 * and the reading that fits best decides.
 */
final class Anaphora {
    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "order",
                    pattern("(?:this|that|the same) (?:order|one)|the order|it|this|that"
                            + "|(?:这个|那个|该|此|这|那)(?:订单|单子|单)|它|这个|那个")),
            new Kind(
                    "product",
                    pattern(
                            "(?:this|that|the same) (?:product|article|model|one)|the product|it|its|this|that|them|they|those"
                                    + "|(?:这个|那个|这款|那款|该|此)(?:商品|产品)|它们?|这款|那款|这个|那个")),
            new Kind("item", pattern("(?:this|that|the same) (?:item|one)|the item|it|this|that|它|这件|那件")));

    private record Kind(String slot, Pattern words) {}

    private Anaphora() {}

    private static Pattern pattern(String words) {
        return Pattern.compile(
                "(?<![\\p{L}&&[^\\p{IsHan}]])(?:" + words + ")(?![\\p{L}&&[^\\p{IsHan}]])", Pattern.CASE_INSENSITIVE);
    }

    /** The mentions as they are, and one list more for each thing that a pronoun may stand for. */
    static List<List<Mention>> alternatives(String text, List<Mention> mentions, List<Mention> focus) {
        List<List<Mention>> alternatives = new ArrayList<>();
        alternatives.add(mentions);
        for (Kind kind : KINDS) {
            Optional<Mention> latest =
                    focus.stream().filter(f -> f.slot().equals(kind.slot())).findFirst();
            boolean named = mentions.stream().anyMatch(m -> m.slot().equals(kind.slot()));
            if (latest.isPresent() && !named) {
                pronoun(text, mentions, kind, latest.get()).ifPresent(m -> {
                    List<Mention> extended = new ArrayList<>(mentions);
                    extended.add(m);
                    alternatives.add(extended);
                });
            }
        }
        return alternatives;
    }

    private static Optional<Mention> pronoun(String text, List<Mention> mentions, Kind kind, Mention meant) {
        Matcher matcher = kind.words().matcher(text);
        while (matcher.find()) {
            int start = matcher.start();
            int end = matcher.end();
            if (mentions.stream().noneMatch(m -> m.start() < end && start < m.end())) {
                return Optional.of(new Mention(
                        meant.slot(), meant.id(), meant.name(), start, end, meant.score(), Stage.CONVERSATION));
            }
        }
        return Optional.empty();
    }
}
