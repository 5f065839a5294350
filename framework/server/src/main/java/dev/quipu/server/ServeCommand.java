package dev.quipu.server;

import dev.quipu.Identity;
import dev.quipu.kg.question.SuiteSettings;
import dev.quipu.runtime.FileConversationLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The assistant over HTTP. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves the assistant over HTTP: OpenAI's API, a conversation API with evidence, and a page.")
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private final SuiteOptions options = new SuiteOptions();

    @Option(names = "--port", defaultValue = "8080", description = "Port; 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to bind (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--token",
            description = "Bearer token that requests need; required beyond loopback (or QUIPU_TOKEN).")
    private @Nullable String token;

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "Bearer tokens with names, one a line: NAME TOKEN [WEIGHT], the token as it is or as"
                    + " sha256:HASH; each name has its part of the engine by its weight (or QUIPU_TOKENS).")
    private @Nullable Path tokens;

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            split = ",",
            description = "A site whose pages may call, such as https://app.example; none otherwise. May be repeated.")
    private List<String> origins = List.of();

    @Option(
            names = "--adapter",
            paramLabel = "NAME[=FILE]",
            mapFallbackValue = "",
            description = "A LoRA adapter of the model, served as MODEL:NAME; without a file the one that is kept"
                    + " under that name. May be repeated.")
    private Map<String, String> adapters = Map.of();

    @Mixin
    private final EncoderFiles encoders = new EncoderFiles();

    @Option(
            names = "--customer",
            paramLabel = "ID",
            description = "Who is signed in; 'none' for a visitor (default: the suite's demo customer).")
    private @Nullable String customer;

    @Option(names = "--json", description = "Where it listens as one JSON object, when it is ready.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new ServerException(ServerError.USAGE, "--port is " + port + " but has to be from 0 to 65535.");
        }
        Access access = Access.of(host, tokens(), Cors.of(origins));
        SuiteSettings settings = SuiteSettings.read(options.suite());
        Identity who = options.identity(customer);
        long start = System.nanoTime();
        try (FileConversationLog log = FileConversationLog.builder(
                                Home.cache().resolve("conversations").resolve(settings.name()))
                        .open();
                Assembly assembly = new Assembly(options.plan(log), StartProgress.ofCommand())) {
            assembly.closeAtExit();
            encoders.load(assembly);
            adapters.forEach((name, file) ->
                    assembly.requireEngine().loadAdapter(name, AdapterFiles.find(file.isEmpty() ? name : file)));
            int bound = new HttpApi(assembly, access, who, options.model(), settings).listen(host, port);
            String url = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound + "/";
            String name = who instanceof Identity.Customer signedIn ? signedIn.id() : "a visitor";
            System.err.printf("ready in %.1f s on %s as %s%n", (System.nanoTime() - start) / 1e9, url, name);
            if (json) {
                System.out.println(
                        Json.create().put("url", url).put("port", bound).put("signedIn", name));
            }
            // Served until a signal ends the process; the parts are then closed by what closeAtExit registered.
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private ApiTokens tokens() {
        ApiTokens one = ApiTokens.of(token != null ? token : System.getenv().getOrDefault("QUIPU_TOKEN", ""));
        String file = tokens != null ? tokens.toString() : System.getenv().getOrDefault("QUIPU_TOKENS", "");
        return file.isEmpty() ? one : one.and(ApiTokens.read(Path.of(file)));
    }
}
