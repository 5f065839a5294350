package dev.quipu.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallsTest {
    private final ToolCalls calls = new ToolCalls(List.of(
            ToolSpecification.builder().name("stock").build(),
            ToolSpecification.builder().name("price").build()));

    @Test
    void findsSeveralCallsBehindAText() {
        ToolCalls.Found found = calls.in("""
                        I look.
                        <tool_call>
                        {"name": "stock", "arguments": {"id": "P-17"}}
                        </tool_call>
                        <tool_call>{"name": "price", "arguments": {}}</tool_call>""");

        assertThat(found.text()).isEqualTo("I look.\n");
        assertThat(found.calls()).extracting(ToolExecutionRequest::name).containsExactly("stock", "price");
        assertThat(found.calls().getFirst().arguments()).isEqualTo("{\"id\":\"P-17\"}");
        assertThat(found.calls().getFirst().id())
                .isNotEqualTo(found.calls().getLast().id());
    }

    @Test
    void findsABareCallAndOneWithoutItsEnd() {
        assertThat(calls.in("{\"name\": \"stock\", \"parameters\": {\"id\": 1}}")
                        .calls())
                .hasSize(1);
        assertThat(calls.in("<tool_call>{\"name\": \"stock\"}").calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No call here.",
                "<tool_call>{\"name\": \"stock\", \"arguments\": {\"id\": </tool_call>",
                "<tool_call>{\"name\": \"delete-all\", \"arguments\": {}}</tool_call>",
                "<tool_call>{\"name\": \"stock\", \"arguments\": \"P-17\"}</tool_call>",
                "{\"city\": \"Berlin\"}",
                "<tool_call>",
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
        assertThat(calls.certain(" {\"na")).isZero();
        assertThat(calls.certain("a < b")).isEqualTo(5);
    }

    @Test
    void holdsNothingBackWithoutTools() {
        ToolCalls none = new ToolCalls(List.of());

        assertThat(none.certain("{\"name\"")).isEqualTo(7);
        assertThat(none.in("<tool_call>{\"name\": \"stock\"}").calls()).isEmpty();
    }
}
