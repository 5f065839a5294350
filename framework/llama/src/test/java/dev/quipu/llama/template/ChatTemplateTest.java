package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {
    private static final ChatTemplate GEMMA_LIKE = ChatTemplate.parse(SampleTemplates.GEMMA_LIKE);

    @Test
    void rendersAConversationUpToTheAnswer() {
        String prompt = render(GEMMA_LIKE, UserMessage.from(" Hi "), AiMessage.from("Hello"), UserMessage.from("Bye"));

        assertThat(prompt).isEqualTo("""
                <s><turn>user
                Hi</turn>
                <turn>assistant
                Hello</turn>
                <turn>user
                Bye</turn>
                <turn>assistant
                """);
    }

    @Test
    void leavesTheAnswerOpenOnlyWhenAsked() {
        ChatTemplate.Input input = ChatTemplate.Input.builder()
                .messages(List.of(UserMessage.from("Hi")))
                .addGenerationPrompt(false)
                .build();

        assertThat(GEMMA_LIKE.render(input)).isEqualTo("<turn>user\nHi</turn>\n");
    }

    @Test
    void findsOutWhatATemplateShows() throws Exception {
        ChatTemplate smol = ChatTemplate.parse(SampleTemplates.ofModel("smollm2-135m"));
        ChatTemplate qwen = ChatTemplate.parse(SampleTemplates.ofModel("qwen2.5-coder-0.5b"));

        assertThat(GEMMA_LIKE.supportsSystemMessage()).isFalse();
        assertThat(GEMMA_LIKE.supportsTools()).isFalse();
        assertThat(smol.supportsSystemMessage()).isTrue();
        assertThat(smol.supportsTools()).isFalse();
        assertThat(qwen.supportsSystemMessage()).isTrue();
        assertThat(qwen.supportsTools()).isTrue();
    }

    @Test
    void putsSystemTextBeforeTheUsersWhereATemplateShowsNoSystemMessage() {
        String prompt = render(
                GEMMA_LIKE,
                SystemMessage.from("You sell lamps."),
                SystemMessage.from("Be brief."),
                UserMessage.from("Hi"));

        assertThat(prompt).isEqualTo("<s><turn>user\nYou sell lamps.\n\nBe brief.\n\nHi</turn>\n<turn>assistant\n");
    }

    @Test
    void refusesASystemMessageThatNoUserMessageCanTake() {
        List<List<ChatMessage>> conversations = List.of(
                List.of(SystemMessage.from("x")),
                List.of(SystemMessage.from("x"), AiMessage.from("y")),
                List.of(UserMessage.from("x"), AiMessage.from("y"), SystemMessage.from("z"), UserMessage.from("u")));

        for (List<ChatMessage> conversation : conversations) {
            assertThatExceptionOfType(TemplateException.class)
                    .isThrownBy(() -> render(GEMMA_LIKE, conversation.toArray(ChatMessage[]::new)))
                    .matches(e -> e.code() == TemplateError.NO_SYSTEM_MESSAGE);
        }
    }

    @Test
    void namesTheMessageThatBreaksTheOrderOfRoles() {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> render(GEMMA_LIKE, UserMessage.from("a"), UserMessage.from("b")))
                .matches(e -> e.code() == TemplateError.ROLES_MUST_ALTERNATE)
                .withMessageContaining("Message 2 is of the type USER where the template expects AI.")
                .withMessageContaining("The template says: Conversation roles must alternate");
    }

    @Test
    void keepsItsSource() {
        assertThat(ChatTemplate.parse("a\r\nb\n").source()).isEqualTo("a\nb");
    }

    @Test
    void doesNotLetATemplateChangeItsInput() {
        List<Object> list = List.of("a");
        ChatTemplate template = ChatTemplate.parse("{% set _ = list.append('b') %}{{ list }}");
        ChatTemplate.Input input =
                ChatTemplate.Input.builder().extras(Map.of("list", list)).build();

        String first = template.render(input);
        String second = template.render(input);

        assertThat(first).isEqualTo("['a', 'b']").isEqualTo(second);
    }

    @Test
    void rendersTheSameOnManyThreads() throws Exception {
        ChatTemplate template = ChatTemplate.parse(SampleTemplates.EVERY_STATEMENT);
        String expected = ChatTemplate.parse(SampleTemplates.EVERY_STATEMENT).render(SampleTemplates.CONVERSATION);
        List<Callable<String>> tasks = IntStream.range(0, 200)
                .<Callable<String>>mapToObj(i -> () -> template.render(SampleTemplates.CONVERSATION))
                .toList();

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<String> prompt : threads.invokeAll(tasks)) {
                assertThat(prompt.get()).isEqualTo(expected);
            }
        }
    }

    private static String render(ChatTemplate template, ChatMessage... messages) {
        return template.render(ChatTemplate.Input.builder()
                .messages(List.of(messages))
                .bosToken("<s>")
                .clock(SampleTemplates.NOON)
                .build());
    }
}
