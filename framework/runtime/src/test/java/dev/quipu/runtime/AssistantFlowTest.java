package dev.quipu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Answer;
import dev.quipu.ApiError;
import dev.quipu.Evidence;
import dev.quipu.Identity;
import dev.quipu.Mention;
import dev.quipu.QuipuException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssistantFlowTest extends AssistantFixture {
    @Test
    void runsTheTurnsOfAConversationInOrder() throws Exception {
        List<String> understood = new CopyOnWriteArrayList<>();
        knowledge.on("understand", question -> understood.add(question.text()));
        Assistant assistant = assistant(builder -> builder.limits(
                AssistantLimits.builder().maxQueuedPerConversation(50).build()));
        List<String> asked =
                IntStream.range(0, 50).mapToObj(i -> "status W" + i).toList();

        List<Future<Answer>> answers =
                asked.stream().map(text -> assistant.ask("c", ANNA, text)).toList();
        get(Future.all(answers));

        assertThat(understood).containsExactlyElementsOf(asked);
        assertThat(get(assistant.turns("c"))).extracting(Turn::question).containsExactlyElementsOf(asked);
        assertThat(get(assistant.turns("c")))
                .extracting(Turn::sequence)
                .isEqualTo(IntStream.rangeClosed(1, 50).mapToObj(i -> (long) i).toList());
    }

    @Test
    void letsOtherConversationsPassOneThatWaits() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        knowledge.on("retrieve", question -> {
            if (question.conversation().equals("slow")) {
                await(release);
            }
        });
        Assistant assistant = assistant();

        Future<Answer> slow = assistant.ask("slow", ANNA, "status W1");
        Answer quick = get(assistant.ask("quick", BEN, "status W2"));
        boolean stillRuns = !slow.isComplete();
        release.countDown();

        assertThat(quick.text()).contains("W2");
        assertThat(stillRuns).isTrue();
        assertThat(get(slow).text()).contains("W1");
    }

    @Test
    void refusesMoreThanTheQueueOfAConversationHolds() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        knowledge.on("understand", question -> await(release));
        Assistant assistant = assistant(builder -> builder.limits(
                AssistantLimits.builder().maxQueuedPerConversation(2).build()));
        Future<Answer> first = assistant.ask("c", ANNA, "status W1");
        Future<Answer> second = assistant.ask("c", ANNA, "status W2");

        QuipuException refused = failure(assistant.ask("c", ANNA, "status W3"));
        release.countDown();

        assertThat(refused).isInstanceOf(BusyException.class).hasMessageContaining("2 questions");
        assertThat(refused.code()).isEqualTo(RuntimeError.BUSY);
        assertThat(get(first).text()).contains("W1");
        assertThat(get(second).text()).contains("W2");
    }

    @Test
    void refusesMoreThanAllConversationsMayHold() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        knowledge.on("understand", question -> await(release));
        Assistant assistant = assistant(
                builder -> builder.limits(AssistantLimits.builder().maxQueued(2).build()));
        Future<Answer> first = assistant.ask("a", ANNA, "status W1");
        Future<Answer> second = assistant.ask("b", ANNA, "status W2");

        QuipuException refused = failure(assistant.ask("c", ANNA, "status W3"));
        release.countDown();
        get(Future.all(first, second));

        assertThat(refused.code()).isEqualTo(RuntimeError.BUSY);
        assertThat(get(assistant.ask("c", ANNA, "status W3")).text()).contains("W3");
    }

    @Test
    void tellsAQuestionThatWaitedTooLongToComeAgain() throws Exception {
        knowledge.on("understand", question -> hang());
        Assistant assistant =
                assistant(builder -> builder.limits(deadlines(Duration.ofMillis(300), Duration.ofMillis(100))));

        Future<Answer> first = assistant.ask("c", ANNA, "status W1");
        QuipuException expired = failure(assistant.ask("c", ANNA, "status W2"));

        assertThat(expired).isInstanceOf(BusyException.class);
        assertThat(expired.code()).isEqualTo(RuntimeError.EXPIRED);
        assertThat(get(first).path()).isEqualTo(Answer.Path.REFUSAL);
    }

    @Test
    void keepsAConversationFromEverybodyElse() throws Exception {
        Assistant assistant = assistant();
        get(assistant.ask("c", ANNA, "status W1"));

        QuipuException inMemory = failure(assistant.ask("c", BEN, "status W1"));
        QuipuException fromLog = failure(assistant().ask("c", BEN, "status W1"));

        assertThat(inMemory.code()).isEqualTo(RuntimeError.IDENTITY);
        assertThat(fromLog.code()).isEqualTo(RuntimeError.IDENTITY);
        assertThat(get(assistant.turns("c"))).hasSize(1);
    }

    @Test
    void rebuildsAnIdleConversationFromTheLog() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        Assistant assistant = assistant(builder -> builder.clock(clock(now)));
        get(assistant.ask("c", ANNA, "status W1"));
        get(assistant.ask("c", ANNA, "cancel"));
        now.updateAndGet(time -> time.plus(Duration.ofHours(1)));
        get(assistant.ask("other", BEN, "status W9"));
        int inMemory = assistant.metrics().conversations();

        Answer answer = get(assistant.ask("c", ANNA, "status"));

        assertThat(inMemory).isEqualTo(1);
        assertThat(answer.text()).contains("W1");
        assertThat(get(assistant.turns("c"))).extracting(Turn::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void asksBackOverARestart() throws Exception {
        get(assistant().ask("c", ANNA, "cancel my order"));

        Answer answer = get(assistant().ask("c", ANNA, "W7"));

        assertThat(answer.evidence().intent()).isEqualTo("order.cancel");
    }

    @Test
    void keepsParallelConversationsApart() throws Exception {
        Assistant assistant = assistant();
        List<Future<Answer>> answers = new ArrayList<>();

        for (int turn = 0; turn < 8; turn++) {
            for (int i = 0; i < 20; i++) {
                String text = turn == 0 ? "status W" + (1000 + i) : "cancel";
                answers.add(assistant.ask("canary-" + i, new Identity.Customer("shop", "c" + i), text));
            }
        }
        get(Future.all(answers));

        for (int i = 0; i < 20; i++) {
            String own = "Order W" + (1000 + i) + " of canary-" + i + " has 3 items.";
            assertThat(get(assistant.turns("canary-" + i)))
                    .hasSize(8)
                    .allSatisfy(turn -> assertThat(turn.answer().text()).isEqualTo(own));
        }
        assertThat(knowledge.focuses())
                .allSatisfy(focus ->
                        assertThat(focus.mentions()).extracting(Mention::id).hasSizeLessThanOrEqualTo(1));
    }

    @Test
    void tellsTheListenerOnTheCallersContextBeforeTheFuture() throws Exception {
        Assistant assistant = assistant();
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        Context context = vertx.getOrCreateContext();

        context.runOnContext(nothing -> {
            List<String> events = new ArrayList<>();
            AnswerListener listener = new AnswerListener() {
                @Override
                public void onStep(Evidence.Step step) {
                    events.add(step.name() + " " + context.equals(Vertx.currentContext()));
                }
            };
            assistant.ask("c", ANNA, "status W1", listener).onComplete(answered -> {
                events.add("answer " + context.equals(Vertx.currentContext()));
                seen.complete(events);
            });
        });

        assertThat(seen.get(20, TimeUnit.SECONDS))
                .hasSize(9)
                .allMatch(event -> event.endsWith(" true"))
                .last()
                .isEqualTo("answer true");
    }

    @Test
    void endsWhatItTookWhenItCloses() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        knowledge.on("understand", question -> await(release));
        Assistant assistant = assistant();
        Future<Answer> taken = assistant.ask("c", ANNA, "status W1");

        Future<Void> closed = assistant.close();
        QuipuException refused = failure(assistant.ask("c", ANNA, "status W2"));
        boolean waits = !closed.isComplete();
        release.countDown();
        done(closed);

        assertThat(waits).isTrue();
        assertThat(get(taken).text()).contains("W1");
        assertThat(refused.code()).isEqualTo(ApiError.CLOSED);
    }

    @Test
    void countsWhatItDid() throws Exception {
        Assistant assistant = assistant();
        get(assistant.ask("a", ANNA, "status W1"));
        get(assistant.ask("b", BEN, "hello"));
        failure(assistant.ask("b", BEN, " "));

        AssistantMetrics metrics = assistant.metrics();

        assertThat(metrics.answers())
                .containsEntry(Answer.Path.TEMPLATE, 1L)
                .containsEntry(Answer.Path.REFUSAL, 1L)
                .containsEntry(Answer.Path.MODEL, 0L);
        assertThat(metrics.errors()).isEqualTo(1);
        assertThat(metrics.conversations()).isEqualTo(2);
        assertThat(metrics.waiting()).isZero();
        assertThat(metrics.p50Millis()).isPositive().isLessThanOrEqualTo(metrics.p95Millis());
    }

    private static Clock clock(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }
}
