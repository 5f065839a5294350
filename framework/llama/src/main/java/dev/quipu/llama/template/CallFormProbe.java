package dev.quipu.llama.template;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out how a template writes calls, by rendering an answer of text, of one call and of two calls with words that no
 * template holds: what differs around them is the form.
 */
final class CallFormProbe {
    private static final String FIRST = "quipu_probe_first";
    private static final String SECOND = "quipu_probe_second";
    private static final String TEXT = "quipu_probe_text";
    private static final String FIRST_ID = "callAAAA1";
    private static final String SECOND_ID = "callBBBB2";
    private static final String END = "<|quipu_probe_end|>";
    private static final Pattern ARGUMENTS =
            Pattern.compile("\\{\\s*\"quipu_probe_key\"\\s*:\\s*\"quipu_probe_word\"\\s*}");

    private final ChatTemplate template;

    private CallFormProbe(ChatTemplate template) {
        this.template = template;
    }

    static Optional<CallForm> of(ChatTemplate template) {
        return template.supportsTools() ? new CallFormProbe(template).form() : Optional.empty();
    }

    private Optional<CallForm> form() {
        Optional<String> one = attempt(AiMessage.from(call(FIRST, FIRST_ID)));
        Optional<String> words = attempt(AiMessage.from(TEXT));
        if (one.isEmpty() || words.isEmpty()) {
            return Optional.empty();
        }
        String called = one.get();
        int name = called.lastIndexOf(FIRST);
        Matcher arguments = ARGUMENTS.matcher(called);
        if (name < 0 || !arguments.find(name)) {
            return Optional.empty();
        }
        int start = start(called, words.get());
        int end = called.length() - commonEnd(called.substring(arguments.end()), words.get());
        if (start > name) {
            return Optional.empty();
        }
        String closing = called.substring(arguments.end(), end);
        int stop = closing.indexOf(END);
        return Optional.of(new CallForm(
                marked(called.substring(start, name)),
                marked(called.substring(name + FIRST.length(), arguments.start())),
                separator().map(CallFormProbe::marked),
                marked((stop < 0 ? closing : closing.substring(0, stop)).stripTrailing())));
    }

    /** Where an answer begins: behind the prompt for one, or where a call and a text begin to differ. */
    private int start(String called, String words) {
        String prompt = attempt(input().addGenerationPrompt(true).messages(List.of(UserMessage.from("Hello"))))
                .orElse("");
        if (!prompt.isEmpty() && called.startsWith(prompt)) {
            return prompt.length();
        }
        int same = 0;
        while (same < Math.min(called.length(), words.length()) && called.charAt(same) == words.charAt(same)) {
            same++;
        }
        return same;
    }

    private static int commonEnd(String called, String words) {
        int same = 0;
        while (same < Math.min(called.length(), words.length())
                && called.charAt(called.length() - 1 - same) == words.charAt(words.length() - 1 - same)) {
            same++;
        }
        return same;
    }

    private Optional<String> separator() {
        Optional<String> both = attempt(AiMessage.from(call(FIRST, FIRST_ID), call(SECOND, SECOND_ID)));
        if (both.isEmpty()) {
            return Optional.empty();
        }
        String called = both.get();
        int second = called.lastIndexOf(SECOND);
        int first = called.lastIndexOf(FIRST, second);
        Matcher arguments = ARGUMENTS.matcher(called);
        if (first < 0
                || !arguments.find(first)
                || arguments.end() > second
                || !ARGUMENTS.matcher(called).find(second)) {
            return Optional.empty();
        }
        String between = called.substring(arguments.end(), second);
        return between.contains(END) ? Optional.empty() : Optional.of(between);
    }

    private static String marked(String section) {
        return section.replace(FIRST_ID, CallForm.ID).replace(SECOND_ID, CallForm.ID);
    }

    private Optional<String> attempt(AiMessage answer) {
        return attempt(input().addGenerationPrompt(false).messages(List.of(UserMessage.from("Hello"), answer)));
    }

    /** The prompt, or nothing where the template refuses: the very thing to be found out. */
    private Optional<String> attempt(ChatTemplate.Input.Builder input) {
        try {
            return Optional.of(template.render(input.build()));
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }

    private static ChatTemplate.Input.Builder input() {
        return ChatTemplate.Input.builder()
                .tools(List.of(tool(FIRST), tool(SECOND)))
                .eosToken(END)
                .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    private static ToolSpecification tool(String name) {
        return ToolSpecification.builder()
                .name(name)
                .description("A tool")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("quipu_probe_key", "A word")
                        .required("quipu_probe_key")
                        .build())
                .build();
    }

    private static ToolExecutionRequest call(String name, String id) {
        return ToolExecutionRequest.builder()
                .id(id)
                .name(name)
                .arguments("{\"quipu_probe_key\": \"quipu_probe_word\"}")
                .build();
    }
}
