package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Events to a reader that is slow, and to one that leaves. */
class EventStreamTest {
    private static final String EVENT = "x".repeat(1_000);
    /** More than all buffers between the two ends hold together. */
    private static final int ENOUGH = 200_000;

    @Test
    void holdsItsProducerUpWhileNobodyReads() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<Thread> producer = new CompletableFuture<>();
        CountDownLatch ended = new CountDownLatch(1);
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        router.get("/").handler(context -> {
            EventStream events = new EventStream(context);
            producer.complete(Thread.ofPlatform().start(() -> produce(events, sent, ended)));
        });
        int port = vertx.createHttpServer(new HttpServerOptions().setSendBufferSize(8 << 10))
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();

        try (Socket reader = new Web(port).connect("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")) {
            Thread thread = producer.get();
            while (thread.getState() != Thread.State.WAITING || sent.get() == 0) {
                // Nothing tells when a thread begins to wait but its state.
                assertThat(ended.await(5, TimeUnit.MILLISECONDS)).isFalse();
            }
            assertThat(reader.getInputStream().read()).isEqualTo('H');
        }
        ended.await();

        assertThat(sent.get()).isLessThan(ENOUGH);
        vertx.close().await();
    }

    private static void produce(EventStream events, AtomicInteger sent, CountDownLatch ended) {
        try {
            while (sent.get() < ENOUGH && events.sendWhenRead("", EVENT)) {
                sent.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }
}
