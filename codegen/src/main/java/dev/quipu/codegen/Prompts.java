package dev.quipu.codegen;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/** What the model is asked. Small models follow short words best, so each prompt says one thing. */
final class Prompts {
    private static final SystemMessage ROLE = SystemMessage.from("You write correct Python.");

    private Prompts() {}

    /** The task, in the words of the request. */
    static List<ChatMessage> draft(CodeRequest request) {
        return List.of(ROLE, UserMessage.from(task(request)));
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
            text.append("Complete this Python function. Reply with the whole function, with its imports, in one code"
                            + " block.\n\n")
                    .append(block(request.stub().strip()));
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
    static List<ChatMessage> repair(CodeRequest request, String code, String evidence) {
        List<ChatMessage> conversation = new ArrayList<>(draft(request));
        conversation.add(AiMessage.from(block(code.strip())));
        conversation.add(UserMessage.from(
                evidence + "\n\nFind the mistake and reply with the corrected code in one code block."));
        return conversation;
    }

    /** Checks of the model's own. */
    static List<ChatMessage> tests(CodeRequest request, String entryPoint) {
        return List.of(
                ROLE,
                UserMessage.from((request.stub().isBlank()
                                ? request.description()
                                : block(request.stub().strip()))
                        + "\n\nWrite ten tests of " + entryPoint + ", each one line of the form: assert " + entryPoint
                        + "(...) == ...\nReply with the tests in one code block."));
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
