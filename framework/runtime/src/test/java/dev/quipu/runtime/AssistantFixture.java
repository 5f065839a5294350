package dev.quipu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Answer;
import dev.quipu.Decision;
import dev.quipu.Identity;
import dev.quipu.Policy;
import dev.quipu.PolicyRequest;
import dev.quipu.QuipuException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A Vert.x instance and assistants on it. */
abstract class AssistantFixture {
    static final Identity ANNA = new Identity.Customer("shop", "anna");
    static final Identity BEN = new Identity.Customer("shop", "ben");

    final Vertx vertx = Vertx.vertx();
    final ScriptedKnowledge knowledge = new ScriptedKnowledge();
    final InMemoryConversationLog log = new InMemoryConversationLog();
    private final List<Assistant> assistants = new ArrayList<>();

    @AfterEach
    final void closeAll() throws Exception {
        for (Assistant assistant : assistants) {
            done(assistant.close());
        }
        done(vertx.close());
    }

    final Assistant assistant() {
        return assistant(builder -> builder);
    }

    final Assistant assistant(UnaryOperator<Assistant.Builder> more) {
        Assistant.Builder builder = Assistant.builder(vertx)
                .knowledge(knowledge)
                .policy(request -> List.of())
                .log(log)
                .address("");
        Assistant assistant = more.apply(builder).build();
        assistants.add(assistant);
        return assistant;
    }

    static AssistantLimits deadlines(Duration turn, Duration phrase) {
        return AssistantLimits.builder()
                .turnDeadline(turn)
                .phraseDeadline(phrase)
                .chooserDeadline(phrase)
                .logDeadline(Duration.ofSeconds(5))
                .build();
    }

    static Policy policy(String topic, Decision.Outcome outcome, String reason) {
        return rules(request -> request.topic().equals(topic)
                ? List.of(new Decision("rule", outcome, reason, Map.of(), List.of()))
                : List.of());
    }

    static Policy rules(Function<PolicyRequest, List<Decision>> rules) {
        return rules::apply;
    }

    static <T> T get(Future<T> future) throws Exception {
        return Objects.requireNonNull(
                future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS));
    }

    static void done(Future<Void> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static QuipuException failure(Future<?> future) throws Exception {
        try {
            Object result = get(future);
            throw new AssertionError("expected a failure, got " + result);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof QuipuException known) {
                return known;
            }
            throw e;
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Blocks until the thread is interrupted. */
    static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static List<String> steps(Answer answer) {
        return answer.evidence().steps().stream().map(step -> step.name()).toList();
    }

    static List<String> notes(Answer answer, String step) {
        return answer.evidence().steps().stream()
                .filter(taken -> taken.name().equals(step))
                .map(taken -> taken.note())
                .toList();
    }
}
