package dev.quipu.server;

import dev.quipu.Identity;
import dev.quipu.kg.question.SuiteSettings;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.runtime.InMemoryConversationLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Does once what the other commands do, so that the JVM can note which classes they need.
 *
 * <p>The launcher runs it in the background to make the JDK's start-up cache. It uses a graph of its own, because the
 * user's may be open, and downloads nothing.
 */
@Command(name = "warm-up", hidden = true, description = "Runs every part once, for the start-up cache.")
final class WarmUpCommand implements Callable<Integer> {
    @Option(names = "--graph", required = true, paramLabel = "DIR", description = "A folder for a graph of its own.")
    @SuppressWarnings("NullAway.Init")
    private Path graph;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SuiteOptions options = SuiteOptions.sample(graph, model());
        SuiteSettings settings = SuiteSettings.read(options.suite());
        Identity who = new Identity.Customer(settings.tenant(), settings.demoCustomer());
        // Twice: the second start finds a graph that is loaded, as a user's usually is.
        for (int start = 0; start < 2; start++) {
            try (Assembly assembly = new Assembly(options.plan(new InMemoryConversationLog()))) {
                for (List<String> questions : settings.demoQuestions().values()) {
                    for (String question : questions) {
                        assembly.assistant().ask("warm-up", who, question).await();
                    }
                }
                int port = new HttpApi(assembly, Access.LOCAL, who, options.model(), settings).listen("127.0.0.1", 0);
                request(port, settings);
            }
        }
        return 0;
    }

    private static void request(int port, SuiteSettings settings) throws IOException, InterruptedException {
        String question = settings.demoQuestions().values().stream()
                .flatMap(List::stream)
                .findFirst()
                .orElse("Hello");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/conversations/warm-up-http/messages"))
                .header("content-type", "application/json")
                .header("accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(
                        Json.create().put("text", question).toString()))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String model() {
        ModelStore store = ModelStore.standard();
        return store.catalog().models().stream()
                .map(entry -> entry.name())
                .filter(store::has)
                .findFirst()
                .orElse("none");
    }
}
