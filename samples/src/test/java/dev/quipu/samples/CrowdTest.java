package dev.quipu.samples;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.runtime.FileConversationLog;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Twenty customers talk at once; each customer's address is a canary that no other may be told. */
class CrowdTest {
    private static final int CUSTOMERS = 20;
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("quipu.test.crowdSeconds", 60));
    private static final List<String> QUESTIONS = List.of(
            "What is my e-mail address?",
            "How many orders do I have?",
            "我的邮箱是什么？",
            "What is my address?",
            "Which orders do I have?",
            "How long does shipping take?",
            "What is the cheapest tent?",
            "我的客户编号是多少？",
            "How much have I spent in all?");

    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger toldOwn = new AtomicInteger();

    @Test
    void isServedWithoutErrorMixUpOrBlockedEventLoop(@TempDir Path work) throws Exception {
        Map<String, String> emails = emails();
        ListAppender<ILoggingEvent> warnings = watchEventLoops();
        try (FileConversationLog log =
                        FileConversationLog.builder(work.resolve("log")).open();
                Shop shop = new Shop(work, log)) {
            long end = System.nanoTime() + TIME.toNanos();

            List<Future<Void>> all = new ArrayList<>();
            for (String customer : emails.keySet()) {
                all.add(talk(shop, customer, emails, end, 0));
            }
            Future.all(all).toCompletionStage().toCompletableFuture().get(TIME.toSeconds() + 60, TimeUnit.SECONDS);

            assertThat(problems).isEmpty();
            assertThat(answered.get()).isGreaterThan(CUSTOMERS * QUESTIONS.size());
            assertThat(toldOwn.get()).isGreaterThan(CUSTOMERS);
            assertThat(shop.assistant().metrics().errors()).isZero();
            assertThat(ourWarnings(warnings)).isEmpty();
        }
    }

    private Future<Void> talk(Shop shop, String customer, Map<String, String> emails, long end, int turn) {
        if (System.nanoTime() >= end) {
            return Future.succeededFuture();
        }
        String question = QUESTIONS.get(turn % QUESTIONS.size());
        return shop.assistant()
                .ask("crowd-" + customer, new Identity.Customer("shop", customer), question)
                .recover(error -> {
                    problems.add(customer + " " + question + ": " + error);
                    return Future.failedFuture(error);
                })
                .compose(answer -> {
                    check(customer, emails, answer);
                    return talk(shop, customer, emails, end, turn + 1);
                });
    }

    private void check(String customer, Map<String, String> emails, Answer answer) {
        answered.incrementAndGet();
        String told = answer.text() + answer.evidence().retrieval();
        emails.forEach((other, email) -> {
            if (!told.contains(email)) {
                return;
            }
            if (other.equals(customer)) {
                toldOwn.incrementAndGet();
            } else {
                problems.add(customer + " was told the address of " + other);
            }
        });
    }

    private static Map<String, String> emails() throws IOException {
        Map<String, String> emails = new LinkedHashMap<>();
        Path file = Shop.SUITE.resolve("data").resolve("customers.csv");
        for (String line : Files.readAllLines(file, Charset.forName("windows-1252"))) {
            String[] cells = line.split(";");
            if (cells[0].startsWith("C1") && cells[3].contains("@") && emails.size() < CUSTOMERS) {
                emails.put(cells[0], cells[3]);
            }
        }
        return emails;
    }

    private static ListAppender<ILoggingEvent> watchEventLoops() {
        Logger checker = (Logger) LoggerFactory.getLogger("io.vertx.core.impl.BlockedThreadChecker");
        ListAppender<ILoggingEvent> warnings = new ListAppender<>();
        warnings.start();
        checker.setLevel(Level.WARN);
        checker.setAdditive(false);
        checker.addAppender(warnings);
        return warnings;
    }

    /** A busy machine may stop any thread for long; what counts is an event loop that is seen inside our code. */
    private static List<String> ourWarnings(ListAppender<ILoggingEvent> warnings) {
        return List.copyOf(warnings.list).stream()
                .filter(event -> event.getThrowableProxy() != null)
                .map(event -> event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .filter(text -> text.contains("dev.quipu"))
                .toList();
    }
}
