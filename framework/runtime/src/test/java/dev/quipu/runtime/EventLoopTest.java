package dev.quipu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.quipu.Answer;
import dev.quipu.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Watches the event loops with Vert.x's own checker while everything around them blocks. */
class EventLoopTest {
    private static final int CONVERSATIONS = 20;
    private static final Duration BLOCKED = Duration.ofSeconds(2);

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setBlockedThreadCheckInterval(10)
            .setMaxEventLoopExecuteTime(TimeUnit.MILLISECONDS.toNanos(50))
            .setWarningExceptionTime(TimeUnit.MILLISECONDS.toNanos(50)));
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
    private final Logger checker = (Logger) LoggerFactory.getLogger("io.vertx.core.impl.BlockedThreadChecker");

    @TempDir
    Path folder;

    @BeforeEach
    void watch() {
        warnings.start();
        checker.setLevel(Level.WARN);
        checker.setAdditive(false);
        checker.addAppender(warnings);
    }

    @AfterEach
    void close() throws Exception {
        checker.detachAppender(warnings);
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void neverWaitForWhatBlocks() throws Exception {
        ScriptedKnowledge knowledge = new ScriptedKnowledge().on("retrieve", question -> block());
        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            Assistant assistant = Assistant.builder(vertx)
                    .knowledge(knowledge)
                    .policy(request -> List.of())
                    .log(log)
                    .build();

            List<Answer> answers = askFromAnEventLoop(assistant);

            assertThat(answers).hasSize(CONVERSATIONS).allMatch(answer -> answer.path() == Answer.Path.TEMPLATE);
            assertThat(answers).allMatch(answer -> answer.millis() < 3 * BLOCKED.toMillis());
            assertThat(ourWarnings()).isEmpty();
            assistant.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void areSeenToBlockByThisVeryTest() throws Exception {
        CompletableFuture<Boolean> blocked = new CompletableFuture<>();

        vertx.runOnContext(nothing -> {
            block();
            blocked.complete(true);
        });

        assertThat(blocked.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ourWarnings()).isNotEmpty();
    }

    private List<Answer> askFromAnEventLoop(Assistant assistant) throws Exception {
        CompletableFuture<List<Answer>> answers = new CompletableFuture<>();
        vertx.runOnContext(nothing -> {
            List<Future<Answer>> asked = IntStream.range(0, CONVERSATIONS)
                    .mapToObj(i -> assistant.ask("c" + i, new Identity.Customer("shop", "c" + i), "status W" + i))
                    .toList();
            Future.all(asked)
                    .onComplete(all -> answers.complete(all.list()), failure -> answers.completeExceptionally(failure));
        });
        return answers.get(60, TimeUnit.SECONDS);
    }

    /** A busy machine may stop any thread for long; what counts is an event loop that is seen inside our code. */
    private List<String> ourWarnings() {
        return List.copyOf(warnings.list).stream()
                .filter(event -> event.getThrowableProxy() != null)
                .map(event -> event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .filter(text -> text.contains("dev.quipu.runtime"))
                .toList();
    }

    /** Blocks its thread for real, as a driver does that waits for a database. */
    private static void block() {
        long end = System.nanoTime() + BLOCKED.toNanos();
        for (long left = BLOCKED.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
