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
import dev.quipu.Retryable;
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
 * <p>It always ends with a text that was verified or that is built in and claims nothing. A store that is away leads to
 * what the knowledge can say from memory, and a part that fails otherwise or does not end in time, or a memory that has
 * nothing, to the sentence for {@code unavailable}; both are marked as degraded. A model that fails leads to the
 * template's text.
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
    private boolean degraded;

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
            degraded = true;
            return (e instanceof Retryable ? fromMemory() : Optional.<Outcome>empty())
                    .orElseGet(
                            () -> sentence(FixedSentences.UNAVAILABLE, FixedSentences.UNAVAILABLE, Optional.empty()));
        }
    }

    /** What can be said without the store, if the policy lets this question be answered at all. */
    private Optional<Outcome> fromMemory() {
        reading = "";
        retrieval = Retrieval.NOTHING;
        try {
            if (refusal(decide(PolicyRequest.ACCESS, List.of())).isPresent()) {
                return Optional.empty();
            }
            Optional<Intent> standIn = steps.run(
                    "understand",
                    () -> parts.knowledge().standIn(question),
                    read -> "without the store: " + read.map(Intent::name).orElse("nothing"));
            return standIn.map(this::retrieved)
                    .filter(wording -> wording.style() == Wording.Style.QUOTED)
                    .map(wording -> worded(standIn.orElseThrow(), wording, false));
        } catch (QuipuException e) {
            LOG.atDebug().setCause(e).log("nothing can be said from memory");
            return Optional.empty();
        }
    }

    private Wording retrieved(Intent intent) {
        reading = intent.name();
        retrieval = steps.run(
                "retrieve",
                () -> parts.knowledge().retrieve(intent, question),
                found -> found.facts().size() + " facts");
        return word(intent, List.of());
    }

    private Wording word(Intent intent, List<Decision> decided) {
        return steps.run(
                "word",
                () -> parts.knowledge().word(intent, question, retrieval, decided),
                worded -> worded.style().name());
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
            return sentence(refusal.get().reason(), situation, Optional.empty());
        }
        return switch (select(understanding)) {
            case Selection.Chosen settled -> chosen(settled.intent());
            case Selection.Unclear unclear ->
                sentence(FixedSentences.CLARIFY, FixedSentences.CLARIFY, Optional.empty());
            case Selection.Unknown unknown ->
                sentence(FixedSentences.UNKNOWN, FixedSentences.UNKNOWN, Optional.empty());
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
            return sentence(FixedSentences.CLARIFY + "." + slot, FixedSentences.CLARIFY, Optional.of(intent));
        }
        retrieval = steps.run(
                "retrieve",
                () -> parts.knowledge().retrieve(intent, question),
                found -> found.facts().size() + " facts");
        String topic = parts.knowledge().topic(intent);
        List<Decision> decided = topic.isEmpty() ? List.of() : decide(topic, retrieval.facts());
        Wording wording = word(intent, decided);
        return worded(intent, wording, refusal(decided).isPresent());
    }

    private Outcome worded(Intent intent, Wording wording, boolean refused) {
        Verification template = verify("template", wording.text(), retrieval);
        if (!template.holds()) {
            LOG.atError()
                    .addKeyValue("intent", intent.name())
                    .addKeyValue("unsupported", template.unsupported().size())
                    .log("template claims what no fact supports; the answer is that it is not known");
            return sentence(FixedSentences.UNKNOWN, FixedSentences.UNKNOWN, Optional.empty());
        }
        boolean open = wording.style() == Wording.Style.DRAFT || wording.style() == Wording.Style.QUOTED;
        if (open && !refused) {
            Optional<Outcome> phrased = parts.phrasing().flatMap(by -> phrased(by, intent, wording, template));
            if (phrased.isPresent()) {
                return phrased.get();
            }
        }
        return outcome(wording.text(), path(wording, refused), template, Optional.empty());
    }

    private static Answer.Path path(Wording wording, boolean refused) {
        return switch (wording.style()) {
            case UNKNOWN -> Answer.Path.REFUSAL;
            case COMPUTED -> refused ? Answer.Path.REFUSAL : Answer.Path.CYPHER;
            case QUOTED -> refused ? Answer.Path.REFUSAL : Answer.Path.PASSAGES;
            case FINAL, DRAFT -> refused ? Answer.Path.REFUSAL : Answer.Path.TEMPLATE;
        };
    }

    /**
     * The model's words when they claim all that the template claims and nothing that is not known, and deny as much as
     * it does.
     */
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
            Optional<String> wrong = wrong(wording.text(), template, text, verification);
            if (wrong.isEmpty()) {
                boolean quoted = wording.style() == Wording.Style.QUOTED;
                Answer.Path path = quoted ? Answer.Path.PASSAGES : Answer.Path.MODEL;
                return Optional.of(outcome(text, path, verification, Optional.empty()));
            }
            steps.add("phrase", 0, wrong.get() + "; template stands");
        } catch (QuipuException e) {
            LOG.atWarn().addKeyValue("code", e.code().id()).log("model phrased nothing usable; template stands");
            LOG.atDebug().setCause(e).log("why the model phrased nothing usable");
        } finally {
            relay.closeDrafts();
        }
        return Optional.empty();
    }

    private static Optional<String> wrong(String own, Verification template, String draft, Verification checked) {
        if (!checked.holds()) {
            return Optional.of("unsupported claims");
        }
        if (!checked.claims().containsAll(template.claims())) {
            return Optional.of("claims left out");
        }
        return Denials.in(own) == Denials.in(draft) ? Optional.empty() : Optional.of("says yes for no or no for yes");
    }

    /** A sentence that answers nothing. Its text is its own source, as the business wrote it. */
    private Outcome sentence(String key, String situation, Optional<Intent> pending) {
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
                    return outcome(own, Answer.Path.REFUSAL, verification, pending);
                }
            }
        } catch (QuipuException e) {
            LOG.atWarn().addKeyValue("code", e.code().id()).log("built-in sentence stands in");
        }
        steps.add("word", 0, "built-in sentence " + situation);
        String builtIn = FixedSentences.builtIn(situation, question.language());
        return outcome(builtIn, Answer.Path.REFUSAL, Verification.NOTHING_CLAIMED, pending);
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

    private Outcome outcome(String text, Answer.Path path, Verification verification, Optional<Intent> pending) {
        Evidence evidence = new Evidence(reading, retrieval, decisions, verification, steps.taken());
        return new Outcome(text, path, evidence, mentions, pending, degraded);
    }
}
