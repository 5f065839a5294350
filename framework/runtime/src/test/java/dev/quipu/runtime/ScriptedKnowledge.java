package dev.quipu.runtime;

import dev.quipu.Decision;
import dev.quipu.Fact;
import dev.quipu.Focus;
import dev.quipu.Intent;
import dev.quipu.Knowledge;
import dev.quipu.Mention;
import dev.quipu.Question;
import dev.quipu.Retrieval;
import dev.quipu.Source;
import dev.quipu.Subgraph;
import dev.quipu.Understanding;
import dev.quipu.Verification;
import dev.quipu.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Knowledge about orders named {@code W1}, {@code W2}, …, small enough to make any of its calls block or fail.
 *
 * <p>It exists to test the order, the deadlines and the failures of the flow, which a real graph cannot be made to
 * show at will. What real knowledge answers is tested where the graph is.
 *
 * <p>The word {@code status} asks for the state of an order, {@code cancel} for cancelling one, {@code vague} may mean
 * either, {@code gossip} is worded as a draft, {@code quote}
 * as a document's words that say no, {@code absent} is worded as unknown, {@code lie} is worded with a number
 * that no fact holds.
 */
final class ScriptedKnowledge implements Knowledge {
    private static final String MEMORY = "memory";
    private static final Pattern ORDER = Pattern.compile("W\\d+");
    private static final Pattern CLAIM = Pattern.compile("W?\\d+");

    private final Map<String, Consumer<Question>> hooks = new ConcurrentHashMap<>();
    private final Map<String, String> sentences = new ConcurrentHashMap<>();
    private final List<Focus> focuses = new ArrayList<>();

    /** Runs at the start of each call of a method. */
    ScriptedKnowledge on(String method, Consumer<Question> hook) {
        hooks.put(method, hook);
        return this;
    }

    ScriptedKnowledge sentence(String key, String text) {
        sentences.put(key, text);
        return this;
    }

    /** The focus of each question that was understood. */
    synchronized List<Focus> focuses() {
        return List.copyOf(focuses);
    }

    @Override
    public Understanding understand(Question question, Focus focus) {
        synchronized (this) {
            focuses.add(focus);
        }
        before("understand", question);
        List<Mention> orders = orders(question.text());
        List<Mention> usable =
                Stream.concat(orders.stream(), focus.mentions().stream()).toList();
        String text = question.text();
        if (text.contains("vague")) {
            double score = text.contains("clear") ? 0.7 : 0.4;
            return new Understanding(
                    List.of(intent("order.status", score, usable), intent("order.cancel", score - 0.05, usable)),
                    orders,
                    false);
        }
        return Stream.of("status", "cancel", "gossip", "quote", "absent", "lie")
                .filter(text::contains)
                .findFirst()
                .map(word -> new Understanding(List.of(intent("order." + word, 0.9, usable)), orders, true))
                .orElseGet(() -> new Understanding(
                        orders.isEmpty() ? List.of() : List.of(intent("order.status", 0.5, usable)),
                        orders,
                        ORDER.matcher(text).matches()));
    }

    /** Remembers something when a test said that it does. */
    @Override
    public Optional<Intent> standIn(Question question) {
        return sentences.containsKey(MEMORY)
                ? Optional.of(new Intent(MEMORY, "from memory", 1, List.of(), List.of()))
                : Optional.empty();
    }

    @Override
    public Retrieval retrieve(Intent intent, Question question) {
        before("retrieve", question);
        String order = intent.mentions().stream().map(Mention::id).findFirst().orElse("W0");
        Fact fact = new Fact(
                "f1",
                "order",
                "Order " + order + " of " + question.conversation() + " has 3 items.",
                Map.of("items", 3L),
                List.of(new Source("orders", 1)));
        return new Retrieval(List.of(fact), Subgraph.EMPTY, "MATCH (o) RETURN o");
    }

    @Override
    public Wording word(Intent intent, Question question, Retrieval retrieval, List<Decision> decisions) {
        before("word", question);
        String fact = retrieval.facts().getFirst().text();
        return switch (intent.name()) {
            case "order.gossip" -> new Wording(fact, Wording.Style.DRAFT);
            case "order.quote", MEMORY -> new Wording(fact + " It cannot fly.", Wording.Style.QUOTED);
            case "order.absent" -> new Wording("That is not in my books.", Wording.Style.UNKNOWN);
            case "order.lie" -> new Wording(fact + " It costs 99.", Wording.Style.FINAL);
            default -> new Wording(fact, Wording.Style.FINAL);
        };
    }

    @Override
    public String phrase(String key, Question question) {
        before("phrase", question);
        return sentences.getOrDefault(key, "");
    }

    @Override
    public Verification verify(String text, Question question, Retrieval retrieval, List<Decision> decisions) {
        before("verify", question);
        String known = question.text() + " "
                + String.join(" ", retrieval.facts().stream().map(Fact::text).toList());
        List<String> claims = found(CLAIM, text);
        List<String> supported = found(CLAIM, known);
        return new Verification(
                claims,
                claims.stream().filter(claim -> !supported.contains(claim)).toList());
    }

    @Override
    public boolean healthy() {
        return true;
    }

    @Override
    public void close() {}

    private void before(String method, Question question) {
        hooks.getOrDefault(method, asked -> {}).accept(question);
    }

    private static Intent intent(String name, double score, List<Mention> orders) {
        return new Intent(
                name,
                "Asks about " + name,
                score,
                orders.stream().limit(1).toList(),
                orders.isEmpty() ? List.of("order") : List.of());
    }

    private static List<Mention> orders(String text) {
        List<Mention> orders = new ArrayList<>();
        for (Matcher order = ORDER.matcher(text); order.find(); ) {
            orders.add(new Mention(
                    "order", order.group(), order.group(), order.start(), order.end(), 1, Mention.Stage.ID));
        }
        return orders;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group()).toList();
    }
}
