package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations with their evidence. */
@ExtendWith(ShopExtension.class)
class ConversationRoutesTest {
    private final Web first;
    private final Web second;
    private final String conversation = "test-" + UUID.randomUUID();

    ConversationRoutesTest(ShopServer shop) {
        first = shop.first();
        second = shop.second();
    }

    @Test
    void answersWithTheEvidence() throws Exception {
        Web.Reply reply = ask(first, conversation, "Where is my order A50002?");

        JsonNode evidence = reply.json().path("evidence");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("text").asText()).contains("A50002");
        assertThat(evidence.at("/retrieval/facts/0/sources/0/file").asText()).isNotBlank();
        assertThat(evidence.at("/retrieval/graph/nodes")).isNotEmpty();
        assertThat(evidence.path("steps").findValuesAsText("name")).contains("understand", "retrieve", "verify");
        assertThat(evidence.at("/verification/unsupported")).isEmpty();
    }

    @Test
    void tellsTheStepsAndThenTheAnswerAsEvents() throws Exception {
        Web.Reply reply = first.post(
                "/api/conversations/" + conversation + "/messages",
                "{\"text\":\"Where is my order A50002?\"}",
                "accept",
                "text/event-stream");

        List<Web.Event> events = reply.events();
        List<String> names = events.stream().map(Web.Event::name).toList();
        assertThat(names).contains("step").endsWith("answer").containsOnlyOnce("answer");
        assertThat(names).isSubsetOf("step", "draft", "text", "answer");
        assertThat(events.getLast().json().path("text").asText()).contains("A50002");
        assertThat(events.getLast().json().at("/evidence/steps")).isNotEmpty();
    }

    @Test
    void answersAnErrorBeforeTheFirstEventAsAResponse() throws Exception {
        Web.Reply reply = first.post(
                "/api/conversations/" + conversation + "/messages", "{\"text\":\" \"}", "accept", "text/event-stream");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("QP-API-001");
    }

    @Test
    void keepsTheTurnsInOrder() throws Exception {
        ask(first, conversation, "Where is my order A50002?");
        ask(first, conversation, "Which items are in it?");

        JsonNode turns = first.get("/api/conversations/" + conversation).json().path("turns");

        assertThat(turns.findValuesAsText("question"))
                .containsExactly("Where is my order A50002?", "Which items are in it?");
        assertThat(turns.at("/1/sequence").asInt()).isEqualTo(2);
        assertThat(turns.at("/1/answer/text").asText()).contains("A50002");
    }

    @Test
    void showsNobodyTheConversationOfAnother() throws Exception {
        ask(first, conversation, "Where is my order A50002?");

        Web.Reply read = second.get("/api/conversations/" + conversation);
        Web.Reply joined = ask(second, conversation, "And where is it now?");

        assertThat(read.json().path("turns")).isEmpty();
        assertThat(joined.status()).isEqualTo(403);
        assertThat(joined.json().path("code").asText()).isEqualTo("QP-RUNTIME-002");
        assertThat(joined.text()).doesNotContain("A50002");
    }

    @Test
    void answersTwoCustomersAtOnceEachFromTheirOwnData() throws Exception {
        List<Callable<Web.Reply>> asked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String name = "crowd-" + i + "-" + UUID.randomUUID();
            asked.add(() -> ask(first, name, "Where is my order A50002?"));
            asked.add(() -> ask(second, name + "-other", "Where is my order A50002?"));
        }

        List<String> own = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Web.Reply>> replies = threads.invokeAll(asked);
            for (int i = 0; i < replies.size(); i++) {
                (i % 2 == 0 ? own : foreign).add(replies.get(i).get().text());
            }
        }

        assertThat(own).allMatch(text -> Web.parse(text).path("text").asText().contains("delivered"));
        assertThat(foreign).allSatisfy(text -> {
            assertThat(Web.parse(text).at("/evidence/retrieval/facts")).isEmpty();
            assertThat(text).doesNotContain("delivered").doesNotContain("C1000");
        });
    }

    @Test
    void writesNoScriptOfACustomerAsSuch() throws Exception {
        Web.Reply reply = ask(first, conversation, "<img src=x onerror=alert(1)>");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%20b", "..%2f..", "%00", "a%0d%0ab", "-x", "%E8%AE%A2", "a%3Cb"})
    void refusesConversationsWithNamesThatAreNoIds(String id) throws Exception {
        Web.Reply read = first.get("/api/conversations/" + id);
        Web.Reply asked = first.post("/api/conversations/" + id + "/messages", "{\"text\":\"Hi\"}");

        assertThat(read.status()).isBetween(400, 404);
        assertThat(asked.status()).isBetween(400, 404);
    }

    @Test
    void refusesAnIdThatIsTooLong() throws Exception {
        Web.Reply reply = ask(first, "x".repeat(129), "Hi");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("QP-SERVER-005");
    }

    private static Web.Reply ask(Web web, String conversation, String text) throws Exception {
        return web.post("/api/conversations/" + conversation + "/messages", "{\"text\":" + Json.write(text) + "}");
    }
}
