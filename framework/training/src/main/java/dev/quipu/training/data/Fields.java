package dev.quipu.training.data;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The names that columns of tables and fields of objects have. The first of a list that is there counts; case does not.
 *
 * @param group what keeps rows together; the widest first, because a customer has several conversations
 */
public record Fields(List<String> user, List<String> assistant, List<String> text, List<String> group) {
    /** Names that are usual. */
    public static final Fields STANDARD = new Fields(
            List.of(
                    "user",
                    "question",
                    "prompt",
                    "instruction",
                    "input",
                    "customer_message",
                    "query",
                    "问题",
                    "客户",
                    "用户"),
            List.of(
                    "assistant",
                    "answer",
                    "output",
                    "completion",
                    "response",
                    "reply",
                    "agent_message",
                    "回答",
                    "客服",
                    "答案"),
            List.of("text", "body", "content", "正文", "内容"),
            List.of(
                    "group",
                    "customer_id",
                    "customer",
                    "user_id",
                    "conversation_id",
                    "conversation",
                    "thread_id",
                    "客户号"));

    public Fields {
        user = List.copyOf(user);
        assistant = List.copyOf(assistant);
        text = List.copyOf(text);
        group = List.copyOf(group);
    }

    /** The same, but rows are kept together by this field. */
    public Fields withGroup(String name) {
        return new Fields(user, assistant, text, List.of(name));
    }

    /** The same, but question and answer are in these fields. */
    public Fields withPair(String question, String answer) {
        return new Fields(List.of(question), List.of(answer), text, group);
    }

    /** The first that is there; empty when none is. */
    static String first(List<String> names, Function<String, String> value) {
        for (String name : names) {
            String found = value.apply(name.toLowerCase(Locale.ROOT));
            if (!found.isBlank()) {
                return found;
            }
        }
        return "";
    }
}
