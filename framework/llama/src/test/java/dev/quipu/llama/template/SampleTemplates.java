package dev.quipu.llama.template;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Templates and conversations that several tests share. */
final class SampleTemplates {
    static final Clock NOON = Clock.fixed(Instant.parse("2026-03-09T12:30:05Z"), ZoneOffset.UTC);

    /** Models whose templates lie beside the tests as they stand in the metadata of their files. */
    static final List<String> MODELS = List.of("smollm2-135m", "qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b");

    /** Shows user and assistant only, and insists on their order. */
    static final String GEMMA_LIKE = """
            {{ bos_token }}
            {%- if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}
            {%- for message in messages %}
            {%- if (message.role == 'user') != (loop.index0 % 2 == 0) %}
            {{- raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}
            {%- endif %}
            {{- '<turn>' ~ message.role ~ '\\n' ~ message.content | trim ~ '</turn>\\n' }}
            {%- endfor %}
            {%- if add_generation_prompt %}{{ '<turn>assistant\\n' }}{% endif %}
            """;

    /** Uses every statement of the language. */
    static final String EVERY_STATEMENT = """
            {#- a comment -#}
            {% macro line(role, text='-', mark=none) -%}
              [{{ role }}{% if mark %}/{{ mark }}{% endif %}] {{ text | trim }}{{ caller() if caller is defined }}
            {% endmacro %}
            {% set state = namespace(count=0, seen=[]) %}
            {% set title | upper %}talk {{ strftime_now('%d %b %Y') }}{% endset %}
            {{ title }}
            {% for message in messages if message.content is string %}
              {% set state.count = state.count + 1 %}
              {% set _ = state.seen.append(message.role) %}
              {% if loop.first %}{{ line(message.role, message.content, mark='first') }}
              {% elif message.role == 'tool' %}{% continue %}
              {% else %}{% call line(message.role, text=message.content) %}!{% endcall %}{% endif %}
              {% for call in message.tool_calls or [] %}
                {{ call.function.name ~ ': ' ~ call.function.arguments | tojson }}
              {% else %}
            no calls
              {% endfor %}
              {% if state.count > 50 %}{% break %}{% endif %}
            {% endfor %}
            {% with names = state.seen | unique | join(', ') %}{{ names }}{% endwith %}
            {% filter replace('a', 'b') %}banana{% endfilter %}
            {% raw %}{{ raw }}{% endraw %}
            {% generation %}{{ state.count }}{% endgeneration %}
            {% for item in [1, [2, [3]]] recursive %}
            {{- item if item is number else '(' ~ loop(item) ~ ')' }}
            {%- endfor %}
            {% if tools %}{{ tools | map(attribute='function.name') | list }}{% endif %}
            """;

    static final ToolSpecification STOCK_TOOL = ToolSpecification.builder()
            .name("stock")
            .description("Units of a product in a warehouse")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("product", "The product's number")
                    .addEnumProperty("warehouse", List.of("north", "south"))
                    .addIntegerProperty("least")
                    .required("product")
                    .build())
            .build();

    static final ToolExecutionRequest STOCK_CALL = ToolExecutionRequest.builder()
            .id("call00001")
            .name("stock")
            .arguments("{\"product\": \"P-17 ü\", \"least\": 2}")
            .build();

    static final List<ChatMessage> TOOL_MESSAGES = List.of(
            SystemMessage.from("You sell lamps."),
            UserMessage.from("Is P-17 there?"),
            AiMessage.from(STOCK_CALL),
            ToolExecutionResultMessage.from(STOCK_CALL, "{\"units\": 3}"),
            AiMessage.from("Yes, 3 of them."),
            UserMessage.from("Thanks"));

    static final ChatTemplate.Input CONVERSATION = ChatTemplate.Input.builder()
            .messages(TOOL_MESSAGES)
            .tools(List.of(STOCK_TOOL))
            .bosToken("<s>")
            .eosToken("</s>")
            .clock(NOON)
            .build();

    private SampleTemplates() {}

    static String ofModel(String model) throws IOException {
        return resource(model + ".jinja");
    }

    static String resource(String name) throws IOException {
        try (InputStream stream = SampleTemplates.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Renders a template with variables given as plain values. */
    static String render(String template, Map<String, Object> variables) {
        Map<String, Value> values = new HashMap<>();
        variables.forEach((name, value) -> values.put(name, JavaValues.of(value)));
        return ChatTemplate.parse(template).run(values, NOON);
    }
}
