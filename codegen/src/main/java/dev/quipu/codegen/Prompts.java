package dev.quipu.codegen;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/** What the model is asked. Small models follow short words best, so each prompt says one thing. */
final class Prompts {
    private static final String FUNCTION =
            "Complete this Python function. Reply with the whole function, with its imports, in one code block.";
    private static final String MODULE =
            "Complete this Python module at the marked line. Reply with the whole module in one code block.";
    private static final String GAP = "# Write what belongs here.";

    private final Family family;

    Prompts(Family family) {
        this.family = family;
    }

    /** The task, in the words of the request. */
    List<ChatMessage> draft(CodeRequest request) {
        return asked(task(request));
    }

    private List<ChatMessage> asked(String words) {
        UserMessage message = UserMessage.from(words + family.closing());
        return family.role().isEmpty() ? List.of(message) : List.of(SystemMessage.from(family.role()), message);
    }

    private static String task(CodeRequest request) {
        StringBuilder text = new StringBuilder();
        request.context()
                .forEach((name, content) -> text.append("File ")
                        .append(name)
                        .append(":\n")
                        .append(block(content))
                        .append("\n\n"));
        if (request.stub().isBlank()) {
            text.append("Write Python for this. Reply with the whole module in one code block.\n\n")
                    .append(request.description().strip());
        } else {
            if (!request.description().isBlank()) {
                text.append(request.description().strip()).append("\n\n");
            }
            text.append(request.after().isBlank() ? FUNCTION : MODULE)
                    .append("\n\n")
                    .append(block(module(request)));
        }
        if (!request.examples().isBlank()) {
            text.append("\n\nExamples:\n").append(request.examples().strip());
        }
        if (!request.tests().isBlank()) {
            text.append("\n\nIt has to pass these tests:\n")
                    .append(block(request.tests().strip()));
        }
        return text.toString();
    }

    /** A draft and the evidence against it. */
    List<ChatMessage> repair(CodeRequest request, String code, String evidence) {
        List<ChatMessage> conversation = new ArrayList<>(draft(request));
        conversation.add(AiMessage.from(block(code.strip())));
        conversation.add(UserMessage.from(
                evidence + "\n\nFind the mistake and reply with the corrected code in one code block."));
        return conversation;
    }

    /** Checks of the model's own. */
    List<ChatMessage> tests(CodeRequest request, String entryPoint) {
        return asked((request.stub().isBlank()
                        ? request.description()
                        : block(request.stub().strip()))
                + "\n\nWrite ten tests of " + entryPoint + ", each one line of the form: assert " + entryPoint
                + "(...) == ...\nReply with the tests in one code block.");
    }

    private static String module(CodeRequest request) {
        return request.after().isBlank()
                ? request.stub().strip()
                : request.stub().strip() + "\n" + GAP + "\n" + request.after().strip();
    }

    /** What comes before the gap, for a model that fills in: it reads words as comments. */
    static String before(CodeRequest request) {
        StringBuilder text = new StringBuilder();
        request.context()
                .forEach((name, content) -> text.append("# ")
                        .append(name)
                        .append('\n')
                        .append(content.strip())
                        .append("\n\n"));
        request.description()
                .strip()
                .lines()
                .forEach(line -> text.append("# ").append(line).append('\n'));
        return text.append(request.stub()).toString();
    }

    /** How a reply begins whose model may be given its beginning: in the code, where the stub ends. */
    static String beginning(CodeRequest request) {
        return request.stub().isBlank()
                ? "```python\n"
                : "```python\n" + request.stub().stripTrailing() + "\n";
    }

    static String block(String code) {
        return "```python\n" + code + "\n```";
    }
}
