package dev.quipu.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusEndpointTest extends AssistantFixture {
    private static final String ADDRESS = "quipu.ask";
    private static final String WHO = "'who': {'kind': 'customer', 'tenant': 'shop', 'id': 'anna'}";

    @BeforeEach
    void listen() {
        assistant(builder -> builder.address(ADDRESS)
                .limits(AssistantLimits.builder().maxQueuedPerConversation(1).build()));
    }

    @Test
    void repliesWithTheAnswerAndItsEvidence() throws Exception {
        JsonObject answer = ask("{'conversation': 'c', " + WHO + ", 'text': 'status W1'}");

        assertThat(answer.getString("text")).isEqualTo("Order W1 of c has 3 items.");
        assertThat(answer.getString("path")).isEqualTo("TEMPLATE");
        assertThat(answer.getString("language")).isEqualTo("en");
        assertThat(answer.getJsonObject("evidence").getString("intent")).isEqualTo("order.status");
    }

    @Test
    void takesVisitors() throws Exception {
        JsonObject answer =
                ask("{'conversation': 'v', 'who': {'kind': 'anonymous', 'tenant': 'shop'}, 'text': 'status W1'}");

        assertThat(answer.getString("path")).isEqualTo("TEMPLATE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'conversation': 'c', 'who': 'anna', 'text': 'status W1'}",
                "{'conversation': 'c', 'who': {'kind': 'root', 'tenant': 'shop'}, 'text': 'status W1'}",
                "{'conversation': 'c', 'who': {'kind': 'customer', 'tenant': 'shop'}, 'text': 'status W1'}",
                "{'conversation': 'c', 'who': {'kind': 'customer', 'tenant': '', 'id': 'a'}, 'text': 'status W1'}",
                "{'conversation': 7, 'who': {'kind': 'anonymous', 'tenant': 'shop'}, 'text': ''}",
                "{'conversation': 'c', 'who': {'kind': 'anonymous', 'tenant': 'shop'}, 'text': ['status W1']}",
            })
    void refusesMessagesOfAnotherForm(String message) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> ask(message))
                .havingCause()
                .isInstanceOfSatisfying(
                        ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(400))
                .withMessageStartingWith("QP-");
    }

    @Test
    void saysWhenAnotherTryMakesSense() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        knowledge.on("understand", question -> {
            running.countDown();
            await(release);
        });
        String message = "{'conversation': 'c', " + WHO + ", 'text': 'status W1'}";
        var first = vertx.eventBus().<JsonObject>request(ADDRESS, json(message));
        await(running);

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> ask(message))
                .havingCause()
                .isInstanceOfSatisfying(
                        ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(503));
        release.countDown();
        assertThat(get(first).body().getString("path")).isEqualTo("TEMPLATE");
    }

    private JsonObject ask(String message) throws Exception {
        return get(vertx.eventBus().<JsonObject>request(ADDRESS, json(message))).body();
    }

    private static JsonObject json(String singleQuoted) {
        return new JsonObject(singleQuoted.replace('\'', '"'));
    }
}
