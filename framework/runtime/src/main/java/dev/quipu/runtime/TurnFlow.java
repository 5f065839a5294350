package dev.quipu.runtime;

import dev.quipu.Answer;
import dev.quipu.Decision;
import dev.quipu.Decision.Outcome;
import dev.quipu.Evidence;
import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Knowledge;
import dev.quipu.Mention;
import dev.quipu.Policy;
import dev.quipu.PolicyRequest;
import dev.quipu.Question;
import dev.quipu.QuipuException;
import dev.quipu.Retrieval;
import dev.quipu.Retryable;
import dev.quipu.Understanding;
import dev.quipu.Verification;
import dev.quipu.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from a question to its answer: understand, decide on access, choose, retrieve, decide, word, verify.
 *
 * <p>Nothing that is read or said depends on the model alone: it chooses among readings that are allowed and words facts
 * that are known, and its words stand only when every number, id and name in them is supported. Blocks; runs on a virtual
 * thread. When the graph does not answer, the reply says so; when a rule fails, nothing is served.
 */
final class TurnFlow {
    private static final Logger log = LoggerFactory.getLogger(TurnFlow.class);
    /** The slot that tells rules that private data would be read. */
    private static final String PRIVATE = "private";

    private final Knowledge knowledge;
    private final Policy policy;
    private final @Nullable ReadingChooser chooser;
    private final @Nullable Phraser phraser;

    TurnFlow(Knowledge knowledge, Policy policy, @Nullable ReadingChooser chooser, @Nullable Phraser phraser) {
        this.knowledge = knowledge;
        this.policy = policy;
        this.chooser = chooser;
        this.phraser = phraser;
    }

    /** What came of a turn: the answer and what the question was about. */
    record Outcomes(Answer answer, List<Mention> mentions) {}

    Outcomes run(Question question, List<Mention> focus, AnswerListener listener) {
        long start = System.nanoTime();
        Steps steps = new Steps(listener);
        List<Mention> mentions = new ArrayList<>();
        Answer answer;
        try {
            answer = answer(question, focus, listener, steps, mentions, start);
        } catch (QuipuException e) {
            if (!(e instanceof Retryable)) {
                throw e;
            }
            log.atWarn().addKeyValue("code", e.code().id()).log("A part is unavailable, the customer is told so");
            steps.note("unavailable", start, e.code().id());
            answer = refusal(question, "", "unavailable", Map.of(), List.of(), steps, start);
        }
        listener.onText(answer.text());
        return new Outcomes(answer, List.copyOf(mentions));
    }

    private Answer answer(
            Question question,
            List<Mention> focus,
            AnswerListener listener,
            Steps steps,
            List<Mention> mentions,
            long start) {
        Understanding understood =
                steps.time("understand", () -> knowledge.understand(question, focus), TurnFlow::describe);
        mentions.addAll(understood.mentions());
        List<Decision> access = access(question, understood.mentions(), steps);
        if (forbids(access)) {
            return refusal(question, "", access.getFirst().reason(), Map.of(), access, steps, start);
        }
        Optional<Intent> chosen = choose(question, understood, steps);
        if (chosen.isEmpty()) {
            return refusal(question, "", "unknown", Map.of(), access, steps, start);
        }
        Intent intent = chosen.get();
        if (knowledge.isPrivate(intent) && question.identity() instanceof Identity.Anonymous) {
            Mention wants = new Mention(PRIVATE, intent.name(), intent.name(), 0, 0, 1, Mention.Stage.ID);
            List<Decision> signIn = access(question, List.of(wants), steps);
            return refusal(question, intent.name(), "access.sign-in", Map.of(), signIn, steps, start);
        }
        if (!intent.complete()) {
            Map<String, Object> missing = Map.of("slot", intent.missing().getFirst());
            return refusal(question, intent.name(), "clarify", missing, access, steps, start);
        }
        return serve(question, intent, listener, steps, start);
    }

    private List<Decision> access(Question question, List<Mention> mentions, Steps steps) {
        return steps.time(
                "policy",
                () -> policy.decide(new PolicyRequest(PolicyRequest.ACCESS, question, mentions, List.of())),
                decisions -> decisions.isEmpty()
                        ? "access allowed"
                        : decisions.getFirst().rule());
    }

    private static boolean forbids(List<Decision> decisions) {
        return !decisions.isEmpty()
                && (decisions.getFirst().outcome() == Outcome.DENY
                        || decisions.getFirst().outcome() == Outcome.HAND_OVER);
    }

    private Optional<Intent> choose(Question question, Understanding understood, Steps steps) {
        List<Intent> readings = understood.readings();
        if (readings.isEmpty() || understood.certain() || chooser == null) {
            return readings.stream().findFirst();
        }
        long start = System.nanoTime();
        try {
            Optional<Intent> choice = chooser.choose(question, readings);
            steps.note("choose", start, choice.map(Intent::name).orElse("none of the readings"));
            return choice;
        } catch (RuntimeException e) {
            // The best reading stands: the choice only refines it, and what it may read is decided by rules anyway.
            log.atInfo()
                    .addKeyValue("cause", e.getMessage())
                    .log("The model could not choose, the best reading is taken");
            steps.note("choose", start, "the model failed, the best reading is taken");
            return readings.stream().findFirst();
        }
    }

    private Answer serve(Question question, Intent intent, AnswerListener listener, Steps steps, long start) {
        Retrieval retrieval = steps.time(
                "retrieve",
                () -> knowledge.retrieve(intent, question),
                r -> r.facts().size() + " facts");
        String topic = knowledge.topic(intent);
        List<Decision> decisions = topic.isEmpty()
                ? List.of()
                : steps.time(
                        "policy",
                        () -> policy.decide(new PolicyRequest(topic, question, intent.mentions(), retrieval.facts())),
                        d -> d.isEmpty() ? "no rule speaks" : d.getFirst().rule());
        Wording wording = steps.time(
                "word",
                () -> knowledge.word(intent, question, retrieval, decisions),
                w -> w.style().name().toLowerCase(java.util.Locale.ROOT));
        Answer.Path path = wording.style() == Wording.Style.UNKNOWN ? Answer.Path.REFUSAL : Answer.Path.TEMPLATE;
        String text = wording.text();
        if (wording.style() == Wording.Style.DRAFT && phraser != null) {
            Optional<String> phrased = phrase(question, retrieval, decisions, phraser, listener, steps);
            path = phrased.isPresent() ? Answer.Path.MODEL : path;
            text = phrased.orElse(text);
        }
        if (!decisions.isEmpty() && decisions.getFirst().outcome() == Outcome.HAND_OVER) {
            path = Answer.Path.REFUSAL;
        }
        String last = text;
        Verification verified = steps.time(
                "verify",
                () -> knowledge.verify(last, question, retrieval, decisions),
                v -> v.claims().size() + " claims, " + v.unsupported().size() + " unsupported");
        Evidence evidence = new Evidence(intent.name(), retrieval, decisions, verified, steps.done());
        return new Answer(text, question.language(), path, evidence, (System.nanoTime() - start) / 1e6);
    }

    /** The model's words, if they claim nothing that the facts do not hold. */
    private Optional<String> phrase(
            Question question,
            Retrieval retrieval,
            List<Decision> decisions,
            Phraser with,
            AnswerListener listener,
            Steps steps) {
        long start = System.nanoTime();
        try {
            Phraser.Draft draft = with.phrase(question, retrieval.facts(), listener);
            if (draft.text().isEmpty() || draft.text().get().isEmpty()) {
                steps.note("phrase", start, draft.failure() + "; the template stands");
                return Optional.empty();
            }
            Verification check = knowledge.verify(draft.text().get(), question, retrieval, decisions);
            steps.note(
                    "phrase",
                    start,
                    check.holds() ? "by the model" : "rejected: " + check.unsupported() + "; the template stands");
            return check.holds() ? draft.text() : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Answer refusal(
            Question question,
            String intent,
            String phrase,
            Map<String, Object> values,
            List<Decision> decisions,
            Steps steps,
            long start) {
        String text = knowledge.phrase(phrase, question, values);
        Evidence evidence =
                new Evidence(intent, Retrieval.NOTHING, decisions, Verification.NOTHING_CLAIMED, steps.done());
        return new Answer(text, question.language(), Answer.Path.REFUSAL, evidence, (System.nanoTime() - start) / 1e6);
    }

    private static String describe(Understanding understood) {
        if (understood.readings().isEmpty()) {
            return "no reading";
        }
        Intent first = understood.readings().getFirst();
        return first.name() + " " + Math.round(first.score() * 100) + " %"
                + (understood.certain() ? "" : ", not certain");
    }
}
