package dev.quipu.server;

import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.Language;
import dev.quipu.QuipuException;
import dev.quipu.kg.question.SuiteSettings;
import dev.quipu.runtime.Assistant;
import dev.quipu.runtime.FileConversationLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The shop assistant in the terminal. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Talk to the assistant of a sample shop; its answers come with their evidence.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private final SuiteOptions options = new SuiteOptions();

    @Option(names = "--lang", description = "Language of the greeting: en or zh (answers follow the question).")
    private String lang = "en";

    @Option(names = "--ask", paramLabel = "QUESTION", description = "Answer one question and exit.")
    private @Nullable String ask;

    @Option(
            names = "--customer",
            paramLabel = "ID",
            description = "Who is signed in; 'none' for a visitor (default: the suite's demo customer).")
    private @Nullable String customer;

    @Option(names = "--json", description = "With --ask: the answer and its evidence as one JSON object.")
    private boolean json;

    private final Style style = Style.ofTerminal();
    private final EvidenceText evidence = new EvidenceText(style);
    private final PrintStream out =
            new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);

    @Override
    public Integer call() throws IOException {
        SuiteSettings settings = SuiteSettings.read(options.suite());
        Identity who = identity(settings);
        long start = System.nanoTime();
        try (FileConversationLog log = FileConversationLog.builder(Home.cache()
                                .resolve("conversations")
                                .resolve("demo-" + ProcessHandle.current().pid()))
                        .open();
                Assembly assembly = new Assembly(options.plan(log))) {
            System.err.printf("ready in %.1f s %s%n", (System.nanoTime() - start) / 1e9, assembly.millis());
            if (assembly.loaded().unchanged() < assembly.loaded().files()) {
                System.err.printf(
                        "loaded %d nodes, %d relationships; %d bad rows%n",
                        assembly.loaded().nodes(),
                        assembly.loaded().relationships(),
                        assembly.loaded().bad().size());
                assembly.loaded().bad().forEach(b -> System.err.println("  " + b));
            }
            String conversation = "demo-" + UUID.randomUUID();
            if (ask != null) {
                Answer answer = assembly.assistant().ask(conversation, who, ask).await();
                out.println(json ? Json.write(answer) : answer.text() + "\n" + evidence.brief(answer));
            } else {
                chat(assembly.assistant(), settings, conversation, who);
            }
        }
        return 0;
    }

    private Identity identity(SuiteSettings settings) {
        String id = customer == null ? settings.demoCustomer() : customer;
        return id.isEmpty() || id.equals("none")
                ? new Identity.Anonymous(settings.tenant())
                : new Identity.Customer(settings.tenant(), id);
    }

    private void chat(Assistant assistant, SuiteSettings settings, String conversation, Identity who)
            throws IOException {
        Language language = Language.ofTag(lang);
        greet(settings, language, who);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        @Nullable Answer last = null;
        while (true) {
            out.print(style.bold("> "));
            out.flush();
            @Nullable String line = in.readLine();
            if (line == null || line.strip().equals(":quit")) {
                out.println();
                return;
            }
            switch (line.strip()) {
                case "" -> {}
                case ":why" -> out.print(last == null ? "Ask something first.\n" : evidence.full(last));
                case ":who" -> out.println(who instanceof Identity.Customer c ? "customer " + c.id() : "a visitor");
                case ":help" -> out.println(":why  evidence of the last answer\n:who  who is signed in\n:quit  leave");
                default -> last = answer(assistant, conversation, who, line, last);
            }
        }
    }

    private @Nullable Answer answer(
            Assistant assistant, String conversation, Identity who, String line, @Nullable Answer last) {
        try {
            StreamedAnswer streamed = new StreamedAnswer(out);
            Answer answer = assistant.ask(conversation, who, line, streamed).await();
            streamed.finish(answer.text());
            out.println(evidence.brief(answer));
            return answer;
        } catch (QuipuException e) {
            out.println(e.getMessage());
            return last;
        }
    }

    private void greet(SuiteSettings settings, Language language, Identity who) {
        boolean chinese = language == Language.CHINESE;
        String name = who instanceof Identity.Customer c ? c.id() : "-";
        out.println(
                chinese
                        ? "您好！您以客户 " + name + " 的身份登录。例如可以问："
                        : "Hello! You are signed in as customer " + name + ". You could ask:");
        List<String> questions = settings.demoQuestions().getOrDefault(language, List.of());
        questions.forEach(q -> out.println("  " + q));
        out.println(style.dim(":why shows the evidence of the last answer, :quit leaves"));
    }
}
