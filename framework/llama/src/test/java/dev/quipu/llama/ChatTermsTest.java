package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a chat model asks of its engine beside what a request says. */
class ChatTermsTest {
    private static final Share URGENT = new Share("shop", 2, Share.Priority.HIGH);
    private static final List<AdapterUse> ADAPTERS = List.of(AdapterUse.of("one"), new AdapterUse("other", 0.5f));

    @Test
    void reachTheEngineWithEveryRequest() {
        ChatTerms terms = ChatTerms.STANDARD
                .as(URGENT)
                .adapted(ADAPTERS)
                .with(Sampling.GREEDY, Duration.ofSeconds(7))
                .calling(Calling.FREE.repeated());
        ChatRequest chat =
                ChatRequest.builder().messages(UserMessage.from("Hi")).build();

        GenerationRequest asked = new ChatRequests(ChatModels.engine(), ChatModels.NAME, terms).request(chat);

        assertThat(asked.share()).isEqualTo(URGENT);
        assertThat(asked.adapters()).isEqualTo(ADAPTERS);
        assertThat(asked.deadline()).isEqualTo(Duration.ofSeconds(7));
        assertThat(asked.sampling()).isEqualTo(Sampling.GREEDY);
    }
}
