package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final String PRINT_MESSAGES = "{% for m in messages %}{{ m|tojson }}\n{% endfor %}";

    @Test
    void writesMessagesAsTemplatesExpectThem() {
        assertThat(render(PRINT_MESSAGES, SampleTemplates.TOOL_MESSAGES)).isEqualToIgnoringNewLines("""
                {"role": "system", "content": "You sell lamps."}
                {"role": "user", "content": "Is P-17 there?"}
                {"role": "assistant", "content": "", "tool_calls": [{"id": "call00001", "type": "function", \
                "function": {"name": "stock", "arguments": {"product": "P-17 ü", "least": 2}}}]}
                {"role": "tool", "content": "{\\"units\\": 3}", "tool_call_id": "call00001", "name": "stock"}
                {"role": "assistant", "content": "Yes, 3 of them."}
                {"role": "user", "content": "Thanks"}
                """);
    }

    @Test
    void showsThoughtsAndNames() {
        List<ChatMessage> messages = List.of(
                UserMessage.from("Ada", "Hello"),
                AiMessage.builder().text("Hi").thinking("A greeting.").build());

        assertThat(render(PRINT_MESSAGES, messages)).isEqualToIgnoringNewLines("""
                {"role": "user", "content": "Hello", "name": "Ada"}
                {"role": "assistant", "content": "Hi", "reasoning_content": "A greeting."}
                """);
    }

    @Test
    void showsThoughtsUnderTheKeyThatTheTemplateReads() {
        String template = "{% for message in messages %}{{ message.thinking or '-' }}{% endfor %}";
        ChatMessage answer = AiMessage.builder().text("Hi").thinking("hm").build();

        assertThat(render(template, List.of(UserMessage.from("Hello"), answer))).isEqualTo("-hm");
    }

    @Test
    void joinsTheTextsOfOneMessage() {
        UserMessage message = UserMessage.from(TextContent.from("one"), TextContent.from("two"));

        assertThat(render("{{ messages[0].content }}", List.of(message))).isEqualTo("one\ntwo");
    }

    @Test
    void passesACustomMessageAsItIs() {
        ChatMessage message = CustomMessage.from(Map.of("role", "developer", "content", "Be brief."));

        assertThat(render("{{ messages[0].role }}: {{ messages[0].content }}", List.of(message)))
                .isEqualTo("developer: Be brief.");
    }

    @Test
    void refusesAnImage() {
        UserMessage message = UserMessage.from(ImageContent.from("https://example.org/lamp.png"));

        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> render(PRINT_MESSAGES, List.of(message)))
                .matches(e -> e.code() == TemplateError.UNSUPPORTED_MESSAGE)
                .withMessageContaining("IMAGE");
    }

    @Test
    void keepsArgumentsAsTextForATemplateThatJoinsThem() {
        String template = "{% for m in messages %}{% for c in m.tool_calls or [] %}"
                + "{{ 'call ' + c.function.name + ' ' + c.function.arguments }}{% endfor %}{% endfor %}";

        assertThat(render(template, SampleTemplates.TOOL_MESSAGES.subList(0, 3)))
                .isEqualTo("call stock {\"product\": \"P-17 ü\", \"least\": 2}");
    }

    @Test
    void refusesArgumentsThatAreNoObject() {
        for (String arguments : List.of("[1]", "{\"a\": ", "{} {}")) {
            ChatMessage call = AiMessage.from(ToolExecutionRequest.builder()
                    .name("stock")
                    .arguments(arguments)
                    .build());

            assertThatExceptionOfType(TemplateException.class)
                    .isThrownBy(() -> render(PRINT_MESSAGES, List.of(UserMessage.from("Hi"), call)))
                    .matches(e -> e.code() == TemplateError.UNSUPPORTED_MESSAGE);
        }
    }

    @Test
    void writesToolsWithTheirSchema() {
        ChatTemplate.Input input = ChatTemplate.Input.builder()
                .messages(List.of(UserMessage.from("Hi")))
                .tools(List.of(
                        SampleTemplates.STOCK_TOOL,
                        ToolSpecification.builder().name("now").build()))
                .build();

        String prompt = ChatTemplate.parse("{% for t in tools %}{{ t|tojson }}\n{% endfor %}")
                .render(input);

        assertThat(prompt).isEqualToIgnoringNewLines("""
                {"type": "function", "function": {"name": "stock", "description": "Units of a product in a warehouse", \
                "parameters": {"type": "object", "properties": {"product": {"type": "string", \
                "description": "The product's number"}, "warehouse": {"type": "string", "enum": ["north", "south"]}, \
                "least": {"type": "integer"}}, "required": ["product"]}}}
                {"type": "function", "function": {"name": "now", "description": "", \
                "parameters": {"type": "object", "properties": {}}}}
                """);
    }

    @Test
    void leavesToolsUndefinedWhenThereAreNone() {
        assertThat(render("{{ tools is defined }}", List.of(SystemMessage.from("x"), UserMessage.from("Hi"))))
                .isEqualTo("False");
    }

    @Test
    void letsExtrasReplaceTheStandardVariables() {
        ChatTemplate template =
                ChatTemplate.parse("{{ enable_thinking }} {{ date_string }} {{ (shop or {}).name|d('-') }}");
        ChatTemplate.Input.Builder input = ChatTemplate.Input.builder().clock(SampleTemplates.NOON);

        String standard = template.render(input.build());
        String replaced = template.render(
                input.extras(Map.of("enable_thinking", false, "shop", Map.of("name", "Lumen"), "date_string", "today"))
                        .build());

        assertThat(standard).isEqualTo("True 09 Mar 2026 -");
        assertThat(replaced).isEqualTo("False today Lumen");
    }

    @Test
    void refusesExtrasThatAreNoPlainValues() {
        ChatTemplate.Input input = ChatTemplate.Input.builder()
                .extras(Map.of("clock", SampleTemplates.NOON))
                .build();

        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> ChatTemplate.parse("x").render(input))
                .withMessageContaining("Clock");
    }

    private static String render(String template, List<? extends ChatMessage> messages) {
        return ChatTemplate.parse(template)
                .render(ChatTemplate.Input.builder()
                        .messages(messages)
                        .clock(SampleTemplates.NOON)
                        .build());
    }
}
