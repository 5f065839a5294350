package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.quipu.llama.template.CallForm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallsTest {
    private static final List<ToolSpecification> TOOLS = List.of(
            ToolSpecification.builder().name("stock").build(),
            ToolSpecification.builder().name("price").build());

    private final ToolCalls calls = new ToolCalls(new ToolFormat(CallForm.GENERIC), TOOLS);
    private final ToolCalls bare = new ToolCalls(
            new ToolFormat(new CallForm("{\"name\": \"", "\", \"parameters\": ", Optional.empty(), "}")), TOOLS);

    @Test
    void findsSeveralCallsBehindAText() {
        ToolCalls.Found found = calls.in("""
                        I look.
                        <tool_call>
                        {"name": "stock", "arguments": {"id": "P-17 }"}}
                        </tool_call>
                        <tool_call>
                        {"name": "price", "arguments": {}}
                        </tool_call>""");

        assertThat(found.text()).isEqualTo("I look.\n");
        assertThat(found.calls()).extracting(ToolExecutionRequest::name).containsExactly("stock", "price");
        assertThat(found.calls().getFirst().arguments()).isEqualTo("{\"id\": \"P-17 }\"}");
        assertThat(found.calls().getFirst().id())
                .isNotEqualTo(found.calls().getLast().id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n{\"name\": \"stock\", \"arguments\": {}}\n{\"name\": \"price\", \"arguments\": {}}\n```",
                "```json\n{\"name\": \"stock\", \"arguments\": {}}\n```\n\n```json\n{\"name\": \"price\","
                        + " \"arguments\": {}}\n```",
                "```\n[{\n  \"name\": \"stock\",\n  \"arguments\": {}\n},"
                        + " {\"name\": \"price\", \"arguments\": {}}]\n```\n",
            })
    void findsCallsInFencesOfCode(String text) {
        ToolCalls.Found found = calls.in(text);

        assertThat(found.text()).isEmpty();
        assertThat(found.calls()).extracting(ToolExecutionRequest::name).containsExactly("stock", "price");
        assertThat(found.calls().getFirst().arguments()).isEqualTo("{}");
    }

    @Test
    void takesFencedArgumentsOnlyIfTheirSchemaAllowsThem() {
        ToolCalls typed = new ToolCalls(
                new ToolFormat(CallForm.GENERIC),
                List.of(ToolSpecification.builder()
                        .name("stock")
                        .parameters(JsonObjectSchema.builder()
                                .addIntegerProperty("number")
                                .required("number")
                                .build())
                        .build()));

        assertThat(typed.in("```json\n{\"name\": \"stock\", \"arguments\": {\"number\": 7}}\n```")
                        .calls())
                .hasSize(1);
        assertThat(typed.in("```json\n{\"name\": \"stock\", \"arguments\": {\"number\": \"7\"}}\n```")
                        .calls())
                .isEmpty();
    }

    @Test
    void findsACallWithoutATag() {
        assertThat(bare.in("{\"name\": \"stock\", \"parameters\": {\"id\": 1}}").calls())
                .hasSize(1);
        assertThat(bare.in("{\"city\": \"Berlin\"}").calls()).isEmpty();
    }

    @Test
    void findsCallsWithIdentifiers() {
        ToolCalls listed = new ToolCalls(
                new ToolFormat(new CallForm(
                        "[TOOL_CALLS] [{\"name\": \"",
                        "\", \"arguments\": ",
                        Optional.of(", \"id\": \"" + CallForm.ID + "\"}, {\"name\": \""),
                        ", \"id\": \"" + CallForm.ID + "\"}]")),
                TOOLS);

        List<ToolExecutionRequest> found = listed.in(
                        "[TOOL_CALLS] [{\"name\": \"stock\", \"arguments\": {}, \"id\": \"a1b2c3d4e\"}, {\"name\":"
                                + " \"price\", \"arguments\": {\"x\": [1]}, \"id\": \"a1b2c3d4f\"}]")
                .calls();

        assertThat(found).extracting(ToolExecutionRequest::name).containsExactly("stock", "price");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No call here.",
                "<tool_call>\n{\"name\": \"stock\", \"arguments\": {\"id\": }\n</tool_call>",
                "<tool_call>\n{\"name\": \"delete-all\", \"arguments\": {}}\n</tool_call>",
                "<tool_call>\n{\"name\": \"stock\", \"arguments\": \"P-17\"}\n</tool_call>",
                "<tool_call>\n{\"name\": \"stock\", \"arguments\": {}}",
                "<tool_call>\n{\"name\": \"stock\", \"arguments\": {}}\n</tool_call> and more",
                "{\"name\": \"stock\", \"arguments\": {}}",
                "<tool_call>",
                "```json\n{\"name\": \"delete-all\", \"arguments\": {}}\n```",
                "```json\n{\"name\": \"stock\", \"arguments\": {\"undeclared\": 1}}\n```",
                "```json\n{\"name\": \"stock\", \"arguments\": {}, \"arguments\": {}}\n```",
                "```json\n{\"name\": \"stock\", \"arguments\": {}, \"more\": 1}\n```",
                "```json\n{\"name\": \"stock\", \"arguments\": {}\n```",
                "```json\n{\"name\": \"stock\", \"arguments\": {}}\n``` and more",
                ""
            })
    void leavesAnythingElseAsText(String text) {
        assertThat(calls.in(text)).isEqualTo(new ToolCalls.Found(text, List.of()));
    }

    @Test
    void holdsBackWhatMayBecomeACall() {
        assertThat(calls.certain("Hello")).isEqualTo(5);
        assertThat(calls.certain("Hello <tool")).isEqualTo(6);
        assertThat(calls.certain("Hello <tool_call>{")).isEqualTo(6);
        assertThat(calls.certain("\n<")).isZero();
        assertThat(calls.certain("a < b")).isEqualTo(5);
        assertThat(calls.certain("```js")).isZero();
        assertThat(calls.certain("```json\n{\"name\": \"stock\", \"arg")).isZero();
        assertThat(calls.certain("```json\n{\"name\": \"Anna")).isEqualTo(22);
        assertThat(calls.certain("```java\nint")).isEqualTo(11);
        assertThat(bare.certain("{\"na")).isZero();
        assertThat(bare.certain("{\"name\": \"stock")).isZero();
        assertThat(bare.certain("{\"city")).isEqualTo(6);
    }

    @Test
    void holdsNothingBackWithoutTools() {
        assertThat(ToolCalls.NONE.certain("{\"name\"")).isEqualTo(7);
        assertThat(ToolCalls.NONE.in("<tool_call>{\"name\": \"stock\"}").calls())
                .isEmpty();
    }
}
