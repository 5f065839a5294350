package dev.quipu.runtime;

import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.Question;
import dev.quipu.QuipuException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one turn: recalls the conversation, has the question answered, stores the turn, and only then says so. */
final class TurnRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final TurnParts parts;
    private final ConversationLog log;
    private final AssistantLimits limits;
    private final Bulkhead bulkhead;
    private final Meter meter;

    TurnRunner(TurnParts parts, ConversationLog log, AssistantLimits limits, Bulkhead bulkhead, Meter meter) {
        this.parts = parts;
        this.log = log;
        this.limits = limits;
        this.bulkhead = bulkhead;
        this.meter = meter;
    }

    /** Never throws; returns what completes the promise of the task. */
    Runnable run(Conversation conversation, TurnTask task) {
        try {
            Answer answer = answer(conversation, task);
            return () -> task.relay().last(() -> task.promise().tryComplete(answer));
        } catch (RuntimeException | Error e) {
            meter.failed();
            QuipuException failure = e instanceof QuipuException known ? known : unexpected(e);
            LOG.atDebug().setCause(failure).log("turn failed");
            return () -> task.relay().last(() -> task.promise().tryFail(failure));
        }
    }

    private Answer answer(Conversation conversation, TurnTask task) {
        requireTime(task);
        ConversationMemory memory = recall(conversation, task);
        Question question = new Question(conversation.id, task.who(), task.text(), memory.languageFor(task.text()));
        TurnSteps steps = new TurnSteps(bulkhead, task.deadline(), task.relay());
        steps.add("guard", task.guardMillis(), task.text().length() + " characters");
        Outcome outcome = new TurnWork(parts, question, memory, steps, task.relay()).run();
        task.relay().settle(outcome.text());
        double millis = TurnSteps.millisSince(task.startNanos());
        Answer answer = new Answer(
                outcome.text(), question.language(), outcome.path(), outcome.evidence(), millis, outcome.degraded());
        store(conversation, memory, task, answer, outcome);
        meter.answered(answer);
        LOG.atDebug()
                .addKeyValue("intent", outcome.evidence().intent())
                .addKeyValue("path", outcome.path())
                .addKeyValue("millis", Math.round(millis))
                .log("turn answered");
        return answer;
    }

    /** With less than a tenth of its time left a question would only be told that nothing can be looked up. */
    private void requireTime(TurnTask task) {
        if (task.deadline().remaining() < limits.turnDeadline().toNanos() / 10) {
            throw new BusyException(
                    RuntimeError.EXPIRED,
                    "The question waited %.0f of %d ms for the ones before it. Ask again, or raise"
                                    .formatted(
                                            TurnSteps.millisSince(task.startNanos()),
                                            limits.turnDeadline().toMillis())
                            + " quipu.runtime.turn-deadline.",
                    RETRY_AFTER);
        }
    }

    private ConversationMemory recall(Conversation conversation, TurnTask task) {
        Optional<ConversationMemory> inMemory = conversation.memory();
        if (inMemory.isEmpty()) {
            List<LoggedTurn> latest = bulkhead.call(
                    "recall",
                    task.deadline().sooner(limits.logDeadline()),
                    () -> log.read(conversation.id, ConversationMemory.TURNS));
            Identity owner = latest.isEmpty()
                    ? conversation.owner().orElse(task.who())
                    : latest.getFirst().turn().who();
            ConversationMemory memory = ConversationMemory.empty(owner);
            for (LoggedTurn turn : latest) {
                memory = memory.after(turn);
            }
            conversation.remember(memory);
            inMemory = Optional.of(memory);
        }
        Conversations.requireOwner(inMemory.get().who(), task.who());
        return inMemory.get();
    }

    private void store(
            Conversation conversation, ConversationMemory memory, TurnTask task, Answer answer, Outcome outcome) {
        Turn turn = new Turn(conversation.id, memory.sequence() + 1, task.at(), task.who(), task.text(), answer);
        LoggedTurn logged = new LoggedTurn(turn, outcome.mentions(), outcome.pending());
        conversation.forget();
        bulkhead.call("log", Deadline.in(limits.logDeadline()), () -> {
            log.append(logged);
            return turn;
        });
        conversation.remember(memory.after(logged));
    }

    private static QuipuException unexpected(Throwable e) {
        LOG.atError().setCause(e).log("turn failed in an undocumented way");
        return new QuipuException(
                RuntimeError.INTERNAL,
                "The turn failed with " + e.getClass().getName() + ". Report it with its cause.",
                e);
    }
}
