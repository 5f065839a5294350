package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service with a real, very small model: what it answers is always an honest report. */
@ExtendWith(ShopExtension.class)
class CodeRoutesTest {
    private static final String ASKED =
            "{\"description\": \"Write double(x). double(3) == 6\", \"attempts\": 1, \"seconds\": 60}";

    private final Web web;

    CodeRoutesTest(ShopServer shop) {
        this.web = shop.first();
    }

    @Test
    void tellsEachStepBeforeTheReport() throws Exception {
        List<Web.Event> events =
                web.post("/api/code", ASKED, "accept", "text/event-stream").events();

        assertThat(events.getFirst().json().path("state").asText()).isEqualTo("read");
        assertThat(events.getLast().name()).isEqualTo("report");
        assertThat(events.getLast().json().path("attempts")).hasSize(1);
        assertThat(events.getLast().json().path("entry_point").asText()).isEqualTo("double");
    }

    @Test
    void refusesARequestThatSaysNothing() throws Exception {
        Web.Reply reply = web.post("/api/code", "{}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("QP-CODE-001");
    }

    @Test
    void refusesTestsThatDoNotCompile() throws Exception {
        Web.Reply reply = web.post("/api/code", "{\"description\": \"Write f.\", \"tests\": \"def (\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("QP-CODE-003");
    }

    @Test
    void servesThePage() throws Exception {
        assertThat(web.get("/code.html").text()).contains("Python that arrives tested");
    }
}
