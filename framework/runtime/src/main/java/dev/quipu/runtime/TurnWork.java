package dev.quipu.runtime;

import dev.quipu.Answer;
import dev.quipu.ApiError;
import dev.quipu.Decision;
import dev.quipu.Evidence;
import dev.quipu.Fact;
import dev.quipu.Intent;
import dev.quipu.Mention;
import dev.quipu.PolicyRequest;
import dev.quipu.Question;
import dev.quipu.QuipuException;
import dev.quipu.Retrieval;
import dev.quipu.Source;
import dev.quipu.Subgraph;
import dev.quipu.Understanding;
import dev.quipu.Verification;
import dev.quipu.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one question to its answer: understand, ask the policy for access, choose a reading, retrieve, let the
 * policy decide, word, let a model phrase, verify.
 *
 * <p>It always ends with a text that was verified or that is built in and claims nothing. A part that fails or does not
 * end in time leads to the sentence for {@code unavailable}; a model that fails leads to the template's text.
 */
final class TurnWork {
    private static final Logger LOG = LoggerFactory.getLogger(TurnWork.class);
    /** A fixed sentence needs no database, so a longer wait means that the knowledge as a whole is in trouble. */
    private static final Duration SENTENCE_DEADLINE = Duration.ofSeconds(2);

    private final TurnParts parts;
    private final Question question;
    private final ConversationMemory memory;
    private final TurnSteps steps;
    private final AnswerRelay relay;

    private final List<Decision> decisions = new ArrayList<>();
    private List<Mention> mentions = List.of();
    private String reading = "";
    private Retrieval retrieval = Retrieval.NOTHING;

    TurnWork(TurnParts parts, Question question, ConversationMemory memory, TurnSteps steps, AnswerRelay relay) {
        this.parts = parts;
        this.question = question;
        this.memory = memory;
        this.steps = steps;
        this.relay = relay;
    }

    /** Throws only when the assistant is closed. */
    Outcome run() {
        try {
            return understood();
        } catch (RuntimeException e) {
            String code = (e instanceof QuipuException known ? known.code() : RuntimeError.INTERNAL).id();
            if (code.equals(ApiError.CLOSED.id())) {
                throw e;
            }
            LOG.atWarn().addKeyValue("code", code).log("turn answered as unavailable");
            LOG.atDebug().setCause(e).log("why the turn was answered as unavailable");
            return sentence(FixedSentences.UNAVAILABLE, FixedSentences.UNAVAILABLE, Optional.empty(), true);
        }
    }

    private Outcome understood() {
        Understanding understanding = steps.run(
                "understand",
                () -> parts.knowledge().understand(question, memory.focus()),
                read -> read.readings().size() + " readings, " + read.mentions().size() + " mentions");
        mentions = understanding.mentions();
        List<Decision> access = decide(PolicyRequest.ACCESS, List.of());
        Optional<Decision> refusal = refusal(access);
        if (refusal.isPresent()) {
            boolean denied = refusal.get().outcome() == Decision.Outcome.DENY;
            String situation = denied ? FixedSentences.REFUSED : FixedSentences.HAND_OVER;
            return sentence(refusal.get().reason(), situation, Optional.empty(), false);
        }
        return switch (select(understanding)) {
            case Selection.Chosen settled -> chosen(settled.intent());
            case Selection.Unclear unclear ->
                sentence(FixedSentences.CLARIFY, FixedSentences.CLARIFY, Optional.empty(), false);
            case Selection.Unknown unknown ->
                sentence(FixedSentences.UNKNOWN, FixedSentences.UNKNOWN, Optional.empty(), false);
        };
    }

    private Selection select(Understanding understanding) {
        Optional<Intent> filled =
                memory.pending().flatMap(pending -> SlotFilling.fill(pending, understanding, question.text()));
        if (filled.isPresent()) {
            steps.add("choose", 0, "asked back before: " + filled.get().name());
            return new Selection.Chosen(filled.get());
        }
        return parts.selection().select(question, understanding, steps);
    }

    private Outcome chosen(Intent intent) {
        reading = intent.name();
        mentions = Stream.concat(intent.mentions().stream(), mentions.stream())
                .distinct()
                .toList();
        if (!intent.complete()) {
            String slot = intent.missing().getFirst();
            return sentence(FixedSentences.CLARIFY + "." + slot, FixedSentences.CLARIFY, Optional.of(intent), false);
        }
        retrieval = steps.run(
                "retrieve",
                () -> parts.knowledge().retrieve(intent, question),
                found -> found.facts().size() + " facts");
        String topic = parts.knowledge().topic(intent);
        List<Decision> decided = topic.isEmpty() ? List.of() : decide(topic, retrieval.facts());
        Wording wording = steps.run(
                "word",
                () -> parts.knowledge().word(intent, question, retrieval, decided),
                worded -> worded.style().name());
        return worded(intent, wording, refusal(decided).isPresent());
    }

    private Outcome worded(Intent intent, Wording wording, boolean refused) {
        Verification template = verify("template", wording.text(), retrieval);
        if (!template.holds()) {
            LOG.atError()
                    .addKeyValue("intent", intent.name())
                    .addKeyValue("unsupported", template.unsupported().size())
                    .log("template claims what no fact supports; the answer is that it is not known");
            return sentence(FixedSentences.UNKNOWN, FixedSentences.UNKNOWN, Optional.empty(), false);
        }
        if (wording.style() == Wording.Style.DRAFT && !refused) {
            Optional<Outcome> phrased = parts.phrasing().flatMap(by -> phrased(by, intent, wording, template));
            if (phrased.isPresent()) {
                return phrased.get();
            }
        }
        return outcome(wording.text(), path(wording, refused), template, Optional.empty(), false);
    }

    private static Answer.Path path(Wording wording, boolean refused) {
        return switch (wording.style()) {
            case UNKNOWN -> Answer.Path.REFUSAL;
            case COMPUTED -> refused ? Answer.Path.REFUSAL : Answer.Path.CYPHER;
            case FINAL, DRAFT -> refused ? Answer.Path.REFUSAL : Answer.Path.TEMPLATE;
        };
    }

    /** The model's words when they claim all that the template claims and nothing that is not known. */
    private Optional<Outcome> phrased(DraftPhrasing by, Intent intent, Wording wording, Verification template) {
        if (!DraftPhrasing.fits(retrieval)) {
            steps.add("phrase", 0, "too many facts for the model; template stands");
            return Optional.empty();
        }
        relay.openDrafts();
        try {
            String text = steps.run(
                    "phrase",
                    parts.phraseDeadline(),
                    () -> by.phrase(intent, question.language(), wording, retrieval, relay),
                    draft -> draft.length() + " characters");
            relay.closeDrafts();
            Verification verification = verify("draft", text, retrieval);
            boolean complete = verification.claims().containsAll(template.claims());
            if (verification.holds() && complete) {
                return Optional.of(outcome(text, Answer.Path.MODEL, verification, Optional.empty(), false));
            }
            steps.add("phrase", 0, (complete ? "unsupported claims" : "claims left out") + "; template stands");
        } catch (QuipuException e) {
            LOG.atWarn().addKeyValue("code", e.code().id()).log("model phrased nothing usable; template stands");
            LOG.atDebug().setCause(e).log("why the model phrased nothing usable");
        } finally {
            relay.closeDrafts();
        }
        return Optional.empty();
    }

    /** A sentence that answers nothing. Its text is its own source, as the business wrote it. */
    private Outcome sentence(String key, String situation, Optional<Intent> pending, boolean degraded) {
        try {
            String own = steps.run(
                    "word",
                    SENTENCE_DEADLINE,
                    () -> parts.sentences().own(key, question),
                    text -> text.isEmpty() ? "no sentence for " + key : "sentence " + key);
            if (!own.isEmpty()) {
                Fact itself = new Fact("s1", "sentence", own, Map.of(), List.of(new Source("sentence:" + key, 0)));
                Verification verification = verify("sentence", own, new Retrieval(List.of(itself), Subgraph.EMPTY, ""));
                if (verification.holds()) {
                    return outcome(own, Answer.Path.REFUSAL, verification, pending, degraded);
                }
            }
        } catch (QuipuException e) {
            LOG.atWarn().addKeyValue("code", e.code().id()).log("built-in sentence stands in");
        }
        steps.add("word", 0, "built-in sentence " + situation);
        String builtIn = FixedSentences.builtIn(situation, question.language());
        return outcome(builtIn, Answer.Path.REFUSAL, Verification.NOTHING_CLAIMED, pending, degraded);
    }

    private List<Decision> decide(String topic, List<Fact> facts) {
        PolicyRequest request = new PolicyRequest(topic, question, mentions, facts);
        List<Decision> decided = steps.run(
                "policy",
                () -> parts.policy().decide(request),
                made -> topic + ": " + made.stream().map(Decision::rule).toList());
        decisions.addAll(decided);
        return decided;
    }

    /** The strongest decision if it forbids an answer, wherever it stands in the list. */
    private static Optional<Decision> refusal(List<Decision> decided) {
        return decided.stream()
                .min(Comparator.comparing(Decision::outcome))
                .filter(strongest -> switch (strongest.outcome()) {
                    case DENY, HAND_OVER -> true;
                    case CONFIRM, ALLOW, INFORM -> false;
                });
    }

    private Verification verify(String what, String text, Retrieval source) {
        return steps.run(
                "verify",
                () -> parts.knowledge().verify(text, question, source, List.copyOf(decisions)),
                found -> what + ": " + found.claims().size() + " claims, "
                        + found.unsupported().size() + " unsupported");
    }

    private Outcome outcome(
            String text, Answer.Path path, Verification verification, Optional<Intent> pending, boolean degraded) {
        Evidence evidence = new Evidence(reading, retrieval, decisions, verification, steps.taken());
        return new Outcome(text, path, evidence, mentions, pending, degraded);
    }
}
