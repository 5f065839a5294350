package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Identity;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The demonstration's conversation by lines. */
@ExtendWith(ShopExtension.class)
class ChatTest {
    private final ShopServer shop;

    ChatTest(ShopServer shop) {
        this.shop = shop;
    }

    @Test
    void answersAndThenSaysWhy() throws IOException {
        String said = chat("Where is my order A50002?\n:why\n");

        assertThat(said).contains("A50002", "order.status", "fact f1", "orders.json", "retrieve", "MATCH");
    }

    @Test
    void answersInTheLanguageOfTheQuestion() throws IOException {
        assertThat(chat("订单 A50001 现在是什么状态？\n")).contains("订单 A50001");
    }

    @Test
    void knowsItsCommandsAndHintsAtThemWhenOneIsUnknown() throws IOException {
        String said = chat(":why\n:who\n:dance\n\n:quit\nWhere is my order A50002?\n");

        assertThat(said)
                .contains("Ask something first.", "customer C1000", "There is no command :dance", ":quit  leave")
                .doesNotContain("A50002");
    }

    @Test
    void saysWhatIsWrongWithAQuestionAndGoesOn() throws IOException {
        String said = chat("x".repeat(5_000) + "\nWhere is my order A50002?\n");

        assertThat(said).contains("QP-API-002", "order.status");
    }

    private String chat(String lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Identity who = new Identity.Customer("shop", "C1000");
        new Chat(out, new BufferedReader(new StringReader(lines)), Style.plain(), who)
                .run(shop.assembly().assistant());
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
