package dev.quipu.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedChatModelTest {
    private static final ChatRequest HELLO =
            ChatRequest.builder().messages(UserMessage.from("hello")).build();

    @Test
    void followsItsScriptAndRemembersWhatItWasAsked() {
        ScriptedChatModel model = ScriptedChatModel.builder()
                .reply("one")
                .reply(request -> request.messages().size() + " messages")
                .build();

        ChatResponse first = model.chat(HELLO);
        ChatResponse second = model.chat(HELLO);

        assertThat(first.aiMessage().text()).isEqualTo("one");
        assertThat(second.aiMessage().text()).isEqualTo("1 messages");
        assertThat(model.requests())
                .hasSize(2)
                .allMatch(request -> request.messages().equals(HELLO.messages()));
    }

    @Test
    void failsBeyondItsScript() {
        ScriptedChatModel model = ScriptedChatModel.replying();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> model.chat(HELLO))
                .withMessageContaining("asked 1 times");
    }

    @Test
    void streamsAReplyWordByWord() {
        Heard heard = new Heard(false);

        ScriptedChatModel.replying("one two three").chat(HELLO, heard);

        assertThat(heard.pieces).containsExactly("one", " ", "two", " ", "three");
        assertThat(heard.ends).containsExactly("one two three");
    }

    @Test
    void stopsWhenItIsCancelled() {
        Heard heard = new Heard(true);

        ScriptedChatModel.replying("one two three").chat(HELLO, heard);

        assertThat(heard.pieces).containsExactly("one");
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void tellsAReplyThatWasCutOff() {
        ScriptedChatModel model = ScriptedChatModel.builder().replyCutOff("one").build();

        assertThat(model.chat(HELLO).finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    private static final class Heard implements StreamingChatResponseHandler {
        private final boolean cancels;
        private final List<String> pieces = new ArrayList<>();
        private final List<String> ends = new ArrayList<>();

        Heard(boolean cancels) {
            this.cancels = cancels;
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            pieces.add(piece.text());
            if (cancels) {
                context.streamingHandle().cancel();
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            ends.add(response.aiMessage().text());
        }

        @Override
        public void onError(Throwable error) {
            ends.add(String.valueOf(error));
        }
    }
}
