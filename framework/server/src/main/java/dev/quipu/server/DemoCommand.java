package dev.quipu.server;

import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.Language;
import dev.quipu.kg.question.SuiteSettings;
import dev.quipu.runtime.InMemoryConversationLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The shop assistant in the terminal. Its conversations are kept in memory and end with it. */
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

    @Override
    public Integer call() throws IOException {
        if (json && ask == null) {
            throw new ServerException(ServerError.USAGE, "--json needs --ask. Pass a question.");
        }
        SuiteSettings settings = SuiteSettings.read(options.suite());
        Identity who = options.identity(customer);
        Style style = Style.ofTerminal();
        Assembly.Plan plan = options.plan(new InMemoryConversationLog());
        @Nullable
        Chat chat = ask == null
                ? new Chat(
                        System.out,
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                        style,
                        who)
                : null;
        if (chat != null) {
            // Before the parts start: a person reads while they do.
            chat.greet(settings, Language.ofTag(lang));
        }
        long start = System.nanoTime();
        try (Assembly assembly = new Assembly(plan, StartProgress.ofCommand())) {
            assembly.closeAtExit();
            report(assembly, start);
            if (chat != null) {
                chat.run(assembly.assistant());
            } else if (ask != null) {
                Answer answer = assembly.assistant()
                        .ask("demo-" + UUID.randomUUID(), who, ask)
                        .await();
                System.out.println(
                        json ? Json.write(answer) : answer.text() + "\n\n" + new EvidenceText(style).brief(answer));
            }
        }
        return 0;
    }

    private static void report(Assembly assembly, long start) {
        System.err.printf("ready in %.1f s %s%n", (System.nanoTime() - start) / 1e9, assembly.millis());
        var loaded = assembly.loaded();
        if (loaded.unchanged() < loaded.files()) {
            System.err.printf(
                    "loaded %d nodes, %d relationships; %d bad rows%n",
                    loaded.nodes(), loaded.relationships(), loaded.bad().size());
            loaded.bad().forEach(bad -> System.err.println("  " + bad));
        }
    }
}
