package dev.quipu.llama.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpecialTextsTest {
    private static final List<String> CONTROL = List.of("<s>", "</s>", "[INST]", "<|im_end|>", "<|im", "|>");

    @Test
    void takesASpecialTextForText() {
        SpecialTexts specials = specials(CONTROL);

        String plain = specials.plain("a </s>[INST] b <|im_end|>");

        assertThat(plain).isEqualTo("a < /s>[ INST] b < |im_end|>");
    }

    @Test
    void leavesATextWithoutAnyAsItIs() {
        SpecialTexts specials = specials(CONTROL);

        String text = "2 < 3 [see] <|x|> </p>";

        assertThat(specials.plain(text)).isSameAs(text);
    }

    @Test
    void knowsTokensThatLookSpecialWhateverTheirFileSays() {
        SpecialTexts specials = specials(List.of(), "<|eot_id|>", "<end_of_turn>", "<b>", "word");

        String plain = specials.plain("<|eot_id|><end_of_turn><b>word");

        assertThat(plain).isEqualTo("< |eot_id|>< end_of_turn><b>word");
    }

    @Test
    void leavesNoneInAnyTextMadeOfTheirPieces() {
        SplittableRandom random = new SplittableRandom(11);
        SpecialTexts specials = specials(CONTROL);
        List<String> pieces = List.of("<", "|", "im", "_end", "|>", "<|im_end|>", "[", "INST", "]", "/s>", "<s>", " ");

        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String plain = specials.plain(text.toString());

            assertThat(CONTROL.stream().filter(c -> c.length() > 2)).noneMatch(plain::contains);
            assertThat(plain.replace(" ", "")).isEqualTo(text.toString().replace(" ", ""));
        }
    }

    @Test
    void reachesEveryTextOfAConversation() {
        String end = "<|im_end|>";
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id(end)
                .name("f" + end)
                .arguments("{\"a\":\"" + end + "\"}")
                .build();
        List<ChatMessage> messages = List.of(
                SystemMessage.from(end),
                UserMessage.from("me" + end, end),
                AiMessage.builder()
                        .text(end)
                        .thinking(end)
                        .toolExecutionRequests(List.of(call))
                        .build(),
                ToolExecutionResultMessage.from(end, end, end),
                CustomMessage.from(Map.of("role", "critic", "content", List.of(end, Map.of("x", end)))));

        List<ChatMessage> plain = new PlainMessages(specials(CONTROL)).of(messages);

        assertThat(plain.toString()).doesNotContain(end);
        assertThat(plain.toString().replace("< |im_end|>", end)).isEqualTo(messages.toString());
    }

    @Test
    void findsTheMarksToFillInBy() {
        SpecialTexts specials = specials(List.of(), "<fim_prefix>", "<fim_suffix>", "<fim_middle>");

        String prompt = specials.infill().orElseThrow().prompt("a", "b");

        assertThat(prompt).isEqualTo("<fim_prefix>a<fim_suffix>b<fim_middle>");
        assertThat(specials.plain("<fim_suffix>")).isEqualTo("< fim_suffix>");
        assertThat(specials(List.of(), "<fim_prefix>", "<fim_suffix>").infill()).isEmpty();
    }

    private static SpecialTexts specials(List<String> control, String... others) {
        List<String> all = java.util.stream.Stream.concat(control.stream(), java.util.Arrays.stream(others))
                .toList();
        Set<String> special = Set.copyOf(control);
        return SpecialTexts.of(all.size(), all::get, i -> special.contains(all.get(i)));
    }
}
