package dev.quipu.kg.question;

import dev.langchain4j.data.embedding.Embedding;
import dev.quipu.Focus;
import dev.quipu.Intent;
import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import dev.quipu.Question;
import dev.quipu.Understanding;
import dev.quipu.kg.question.IntentDefinition.QueryCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Ranks the intents that a question may mean: by the likeness to their examples, and by how well the linked mentions
 * fill the slots of their queries.
 */
final class Interpreter {
    static final String UNKNOWN = KnowledgeGraph.UNKNOWN;

    private static final double ACCEPTED = 0.34;
    private static final double CLEAR = 0.45;
    private static final double OBVIOUS = 0.80;
    private static final double MARGIN = 0.02;
    private static final double MISSING = 0.14;
    private static final double FROM_FOCUS = 0.02;
    private static final double UNUSED = 0.07;
    private static final double USED = 0.02;
    private static final int READINGS = 3;
    /** Beside a question a statement tells the circumstances: "I am going to cancel it. How long will the refund take?" */
    private static final double STATEMENT = 0.93;

    private static final String QUESTION = "(?s).*[?？].*";
    /** Readings further behind the first are not worth a choice. */
    private static final double CLOSE = 0.10;
    /** Slots that a question does not mention by accident: an intent that ignores one is probably not meant. */
    private static final Set<String> TELLING = Set.of(
            "order",
            "order2",
            "product",
            "product2",
            "item",
            "item2",
            "status",
            "option2",
            "payment-kind",
            Quantities.MAXIMUM,
            Quantities.MINIMUM);

    private final Map<String, IntentDefinition> intents;
    private final Synonyms synonyms;

    Interpreter(Map<String, IntentDefinition> intents, Synonyms synonyms) {
        this.intents = intents;
        this.synonyms = synonyms;
    }

    Understanding interpret(
            Question question, List<Mention> mentions, Focus focus, ExampleIndex index, TextEmbedder embedder) {
        Delexicalized plain = Delexicalized.ofQuestion(
                question.text(), mentions, question.language(), synonyms, UnaryOperator.identity());
        Optional<Intent> continued = continued(plain, mentions, focus);
        if (continued.isPresent()) {
            return new Understanding(List.of(continued.get()), mentions, true);
        }
        Map<String, Intent> best = new LinkedHashMap<>();
        for (List<Mention> alternative : Anaphora.alternatives(question.text(), mentions, focus.mentions())) {
            likeness(question, alternative, index, embedder)
                    .forEach((name, score) -> best.merge(
                            name,
                            read(name, score, alternative, focus.mentions()),
                            (a, b) -> b.score() > a.score() ? b : a));
        }
        List<Intent> ranked = new ArrayList<>(best.values());
        ranked.sort(Comparator.comparingDouble(Intent::score).reversed());
        double first = ranked.getFirst().score();
        boolean whole = ranked.getFirst().complete();
        List<Intent> good = ranked.stream()
                .filter(r -> r.score() >= ACCEPTED && r.score() >= first - CLOSE)
                .filter(r -> !whole || r.complete())
                .limit(READINGS)
                .toList();
        if (!good.isEmpty() && isShaky(good) && hasUnknownName(plain, index)) {
            IntentDefinition unknown = intents.get(UNKNOWN);
            if (unknown != null) {
                return new Understanding(List.of(reading(unknown, 1, mentions, List.of())), mentions, true);
            }
        }
        return new Understanding(good, mentions, certain(good));
    }

    /** Whether an intent stands for what was asked, rather than for what the data does not hold. */
    static boolean covers(Understanding understood) {
        return !understood.readings().isEmpty()
                && !understood.readings().getFirst().name().equals(UNKNOWN);
    }

    /** The reading of the turn before, asked of another thing. */
    private Optional<Intent> continued(Delexicalized question, List<Mention> mentions, Focus focus) {
        return Optional.of(focus.intent())
                .filter(intents::containsKey)
                .filter(name -> Ellipsis.is(question.words()))
                .map(name -> read(name, 1, mentions, focus.mentions()))
                .filter(Intent::complete);
    }

    /** How alike the question, or the most telling one of its sentences, is to each intent's nearest example. */
    private Map<String, Double> likeness(
            Question question, List<Mention> mentions, ExampleIndex index, TextEmbedder embedder) {
        Delexicalized plain =
                Delexicalized.ofQuestion(question.text(), mentions, question.language(), synonyms, index::correct);
        boolean asks = plain.text().matches(QUESTION);
        Map<String, Double> scores = new LinkedHashMap<>();
        for (Delexicalized part : plain.parts()) {
            float[] vector = embedder.embed(List.of(part.text())).getFirst();
            double weight = asks && !part.text().matches(QUESTION) ? STATEMENT : 1;
            index.scores(part, Embedding.from(vector))
                    .forEach((intent, s) -> scores.merge(intent, weight * s, Math::max));
        }
        return scores;
    }

    /** Whether an unheard-of name is a better explanation than the best reading. */
    private boolean isShaky(List<Intent> readings) {
        Intent first = readings.getFirst();
        IntentDefinition best = intents.get(first.name());
        boolean vague = best != null && !best.own() && !best.queries().isEmpty() && first.score() < OBVIOUS;
        return !first.complete() || (vague && first.mentions().isEmpty());
    }

    private static boolean certain(List<Intent> readings) {
        if (readings.isEmpty()) {
            return true;
        }
        double first = readings.getFirst().score();
        return readings.size() == 1
                ? first >= CLEAR
                : first >= CLEAR && first - readings.get(1).score() >= MARGIN;
    }

    /** Whether the question names something that neither the graph nor any example knows. */
    private static boolean hasUnknownName(Delexicalized question, ExampleIndex index) {
        return question.words().stream()
                .anyMatch(w -> !w.startsWith("{") && !Words.STOP.contains(w) && w.length() > 1 && !index.knows(w));
    }

    private Intent read(String name, double likeness, List<Mention> mentions, List<Mention> focus) {
        IntentDefinition intent = intents.get(name);
        if (intent == null) {
            throw new IllegalStateException("the index holds an example of the undeclared intent " + name);
        }
        Set<String> filled = new Slots(mentions).filled();
        Optional<QueryCase> direct = intent.fitting(filled);
        boolean open = direct.isPresent() && direct.get().when().isEmpty();
        if (intent.queries().isEmpty() || (direct.isPresent() && !open)) {
            double fit = direct.map(q -> fit(q, filled)).orElse(0.0);
            return reading(intent, likeness + fit, mentions, List.of());
        }
        List<Mention> extended = new ArrayList<>(mentions);
        focus.stream()
                .filter(f -> !filled.contains(f.slot()))
                .map(f -> new Mention(f.slot(), f.id(), f.name(), 0, 0, f.score(), Stage.CONVERSATION))
                .forEach(extended::add);
        List<Mention> completed = firstOfEachSlot(extended, mentions);
        Set<String> withFocus = new Slots(completed).filled();
        Optional<QueryCase> indirect = intent.fitting(withFocus);
        // What the conversation is about comes before a query that asks of everything.
        if (indirect.isPresent() && !indirect.get().when().isEmpty()) {
            return reading(intent, likeness - FROM_FOCUS + fit(indirect.get(), filled), completed, List.of());
        }
        if (open) {
            return reading(intent, likeness + fit(direct.get(), filled), mentions, List.of());
        }
        return reading(intent, likeness - MISSING, mentions, missing(intent, filled));
    }

    /** Adds at most one mention of the conversation for each slot: the latest. */
    private static List<Mention> firstOfEachSlot(List<Mention> extended, List<Mention> own) {
        List<Mention> result = new ArrayList<>(own);
        Set<String> taken = new TreeSet<>();
        for (Mention mention : extended.subList(own.size(), extended.size())) {
            if (taken.add(mention.slot())) {
                result.add(mention);
            }
        }
        return result;
    }

    private static double fit(QueryCase query, Set<String> filled) {
        long used = query.when().stream().filter(filled::contains).count();
        long unused = filled.stream()
                .filter(TELLING::contains)
                .filter(s -> !query.when().contains(s) && !query.uses().contains(s))
                .count();
        return used * USED - unused * UNUSED;
    }

    private static List<String> missing(IntentDefinition intent, Set<String> filled) {
        return intent.queries().stream()
                .map(q -> q.when().stream().filter(s -> !filled.contains(s)).toList())
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    private static Intent reading(IntentDefinition intent, double score, List<Mention> mentions, List<String> missing) {
        return new Intent(intent.name(), intent.asks(), Math.clamp(score, 0, 1), mentions, missing);
    }
}
