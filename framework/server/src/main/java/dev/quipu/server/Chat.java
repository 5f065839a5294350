package dev.quipu.server;

import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.Language;
import dev.quipu.QuipuException;
import dev.quipu.kg.question.SuiteSettings;
import dev.quipu.runtime.Assistant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A conversation by lines of text. A line that begins with a colon is a command. */
final class Chat {
    private static final String COMMANDS = """
            :why   the evidence of the last answer: facts, rules, check, steps, query
            :who   who is signed in
            :help  this list
            :quit  leave (so does Ctrl-D)""";

    private final PrintStream out;
    private final BufferedReader in;
    private final Style style;
    private final Identity who;
    private final EvidenceText evidence;
    private final String conversation = "chat-" + UUID.randomUUID();
    private Optional<Answer> last = Optional.empty();

    Chat(PrintStream out, BufferedReader in, Style style, Identity who) {
        this.out = out;
        this.in = in;
        this.style = style;
        this.who = who;
        this.evidence = new EvidenceText(style);
    }

    void greet(SuiteSettings settings, Language language) {
        out.println(
                switch (language) {
                    case ENGLISH -> "Hello! You are signed in as " + name() + ". You could ask:";
                    case CHINESE ->
                        "您好！您的身份是" + (who instanceof Identity.Customer c ? "客户 " + c.id() : "访客") + "。例如可以问：";
                });
        List<String> questions = settings.demoQuestions().getOrDefault(language, List.of());
        questions.forEach(question -> out.println("  " + question));
        out.println(style.dim(
                switch (language) {
                    case ENGLISH -> ":why shows the evidence of the last answer, :help what else there is";
                    case CHINESE -> "输入 :why 查看上一个回答的依据，:help 查看其他命令";
                }));
    }

    /** Reads and answers until the end of the input or {@code :quit}. */
    void run(Assistant assistant) throws IOException {
        while (true) {
            out.print(style.bold("> "));
            out.flush();
            @Nullable String line = in.readLine();
            if (line == null) {
                out.println();
                return;
            }
            String text = line.strip();
            if (text.equals(":quit")) {
                return;
            }
            if (text.startsWith(":") || text.startsWith("：")) {
                command(text.substring(1));
            } else if (!text.isEmpty()) {
                answer(assistant, text);
            }
        }
    }

    private void command(String name) {
        switch (name) {
            case "why" -> out.print(last.map(evidence::full).orElse("Ask something first.\n"));
            case "who" -> out.println(name());
            case "help" -> out.println(COMMANDS);
            default -> out.println("There is no command :" + name + ". These are:\n" + COMMANDS);
        }
    }

    private String name() {
        return who instanceof Identity.Customer customer ? "customer " + customer.id() : "a visitor";
    }

    private void answer(Assistant assistant, String text) {
        try {
            StreamedAnswer streamed = new StreamedAnswer(out);
            Answer answer = assistant.ask(conversation, who, text, streamed).await();
            streamed.finish(answer.text());
            out.println(evidence.line(answer));
            last = Optional.of(answer);
        } catch (QuipuException e) {
            out.println(e.getMessage());
        }
    }
}
