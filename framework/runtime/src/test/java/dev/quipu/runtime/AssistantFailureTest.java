package dev.quipu.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.quipu.Answer;
import dev.quipu.ApiError;
import dev.quipu.Decision;
import dev.quipu.Evidence;
import dev.quipu.PolicyRequest;
import dev.quipu.QuipuException;
import dev.quipu.Retryable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssistantFailureTest extends AssistantFixture {
    private static final String UNAVAILABLE = "I cannot look that up at the moment. Please try again later.";

    @ParameterizedTest
    @ValueSource(strings = {"understand", "retrieve", "word", "verify"})
    void saysThatItCannotLookUpWhenTheKnowledgeFails(String method) throws Exception {
        knowledge.on(method, question -> {
            throw new IllegalStateException("the store is gone");
        });
        Assistant assistant = assistant();

        Answer answer = get(assistant.ask("c", ANNA, "status W1"));

        assertThat(answer.text()).isEqualTo(UNAVAILABLE);
        assertThat(answer.path()).isEqualTo(Answer.Path.REFUSAL);
        assertThat(answer.degraded()).isTrue();
        assertThat(notes(answer, method)).contains("failed: QP-RUNTIME-004");
        assertThat(get(assistant.turns("c"))).hasSize(1);
        assertThat(assistant.metrics().degraded()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"understand", "retrieve"})
    void answersFromMemoryWhileTheStoreIsAwayAndSaysThatItDid(String method) throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        knowledge.sentence("memory", "known").on(method, question -> {
            if (away.getAndSet(false)) {
                throw new Away();
            }
        });
        Assistant assistant = assistant();

        Answer degraded = get(assistant.ask("c", ANNA, "status W1"));
        Answer whole = get(assistant.ask("c", ANNA, "status W1"));

        assertThat(degraded.text()).isEqualTo("Order W0 of c has 3 items. It cannot fly.");
        assertThat(degraded.path()).isEqualTo(Answer.Path.PASSAGES);
        assertThat(degraded.degraded()).isTrue();
        assertThat(degraded.evidence().intent()).isEqualTo("memory");
        assertThat(whole.path()).isEqualTo(Answer.Path.TEMPLATE);
        assertThat(whole.degraded()).isFalse();
        assertThat(assistant.metrics().degraded()).isEqualTo(1);
    }

    @Test
    void saysNothingFromMemoryThatThePolicyForbids() throws Exception {
        knowledge.sentence("memory", "known").on("understand", question -> {
            throw new Away();
        });
        Assistant assistant =
                assistant(builder -> builder.policy(policy(PolicyRequest.ACCESS, Decision.Outcome.DENY, "closed")));

        Answer answer = get(assistant.ask("c", ANNA, "status W1"));

        assertThat(answer.text()).isEqualTo(UNAVAILABLE);
        assertThat(answer.degraded()).isTrue();
    }

    @Test
    void survivesAnErrorOfTheKnowledge() throws Exception {
        knowledge.on("retrieve", question -> {
            throw new StackOverflowError();
        });

        Answer answer = get(assistant().ask("c", ANNA, "status W1"));

        assertThat(answer.text()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void usesTheBusinessesWordsWhenOnlyTheStoreIsGone() throws Exception {
        knowledge.sentence("unavailable", "Our books are closed.").on("retrieve", question -> {
            throw new QuipuException(ApiError.MALFORMED, "down");
        });

        Answer answer = get(assistant().ask("c", ANNA, "status W1"));

        assertThat(answer.text()).isEqualTo("Our books are closed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"understand", "retrieve", "word", "verify", "phrase"})
    void answersWithinTheDeadlineWhateverHangs(String method) throws Exception {
        knowledge.on(method, question -> hang());
        Assistant assistant =
                assistant(builder -> builder.limits(deadlines(Duration.ofMillis(300), Duration.ofMillis(100))));

        Answer answer = get(assistant.ask("c", ANNA, "phrase".equals(method) ? "hello" : "status W1"));

        assertThat(answer.path()).isEqualTo(Answer.Path.REFUSAL);
        assertThat(answer.millis()).isLessThan(5000);
    }

    @Test
    void refusesWhenThePolicyFails() throws Exception {
        Assistant assistant = assistant(builder -> builder.policy(rules(request -> {
            throw new IllegalStateException("broken rule");
        })));

        Answer answer = get(assistant.ask("c", ANNA, "status W1"));

        assertThat(answer.text()).isEqualTo(UNAVAILABLE);
        assertThat(steps(answer)).doesNotContain("retrieve");
    }

    @Test
    void doesNotAnswerWhatTheLogDidNotStore() throws Exception {
        FailingLog failing = new FailingLog(log);
        Assistant assistant = assistant(builder -> builder.log(failing));
        get(assistant.ask("c", ANNA, "status W1"));

        failing.broken.set(true);
        QuipuException refused = failure(assistant.ask("c", ANNA, "status W2"));
        failing.broken.set(false);
        get(assistant.ask("c", ANNA, "status W3"));

        assertThat(refused.code()).isEqualTo(RuntimeError.LOG_WRITE);
        assertThat(refused).isInstanceOf(Retryable.class);
        assertThat(get(assistant.turns("c")))
                .extracting(Turn::sequence, Turn::question)
                .containsExactly(tuple(1L, "status W1"), tuple(2L, "status W3"));
        assertThat(assistant.metrics().errors()).isEqualTo(1);
    }

    @Test
    void givesUpOnALogThatHangs() throws Exception {
        FailingLog failing = new FailingLog(log);
        failing.hangs.set(true);
        AssistantLimits limits =
                AssistantLimits.builder().logDeadline(Duration.ofMillis(200)).build();
        Assistant assistant = assistant(builder -> builder.log(failing).limits(limits));

        QuipuException refused = failure(assistant.ask("c", ANNA, "status W1"));

        assertThat(refused.code()).isEqualTo(RuntimeError.STEP_DEADLINE);
    }

    @Test
    void isNotDisturbedByAListenerThatFails() throws Exception {
        AnswerListener failing = new AnswerListener() {
            @Override
            public void onStep(Evidence.Step step) {
                throw new IllegalStateException("the page is gone");
            }
        };

        Answer answer = get(assistant().ask("c", ANNA, "status W1", failing));

        assertThat(answer.path()).isEqualTo(Answer.Path.TEMPLATE);
    }

    private static final class Away extends QuipuException implements Retryable {
        private static final long serialVersionUID = 1L;

        Away() {
            super(ApiError.MALFORMED, "away");
        }

        @Override
        public Duration retryAfter() {
            return Duration.ofSeconds(1);
        }
    }

    private static final class FailingLog implements ConversationLog {
        private final ConversationLog sound;
        private final AtomicBoolean broken = new AtomicBoolean();
        private final AtomicBoolean hangs = new AtomicBoolean();

        FailingLog(ConversationLog sound) {
            this.sound = sound;
        }

        @Override
        public void append(LoggedTurn turn) {
            if (hangs.get()) {
                hang();
            }
            if (broken.get()) {
                throw new LogUnavailableException("No space left on device.", null);
            }
            sound.append(turn);
        }

        @Override
        public List<LoggedTurn> read(String conversation, int limit) {
            return sound.read(conversation, limit);
        }

        @Override
        public void close() {
            sound.close();
        }
    }
}
