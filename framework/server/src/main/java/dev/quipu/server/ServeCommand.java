package dev.quipu.server;

import dev.quipu.Identity;
import dev.quipu.kg.question.SuiteSettings;
import dev.quipu.runtime.FileConversationLog;
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
            names = "--customer",
            paramLabel = "ID",
            description = "Who is signed in (default: the suite's demo customer).")
    private @Nullable String customer;

    @Override
    public Integer call() throws InterruptedException {
        String secret = token != null ? token : System.getenv().getOrDefault("QUIPU_TOKEN", "");
        Access access = Access.of(host, secret);
        SuiteSettings settings = SuiteSettings.read(options.suite());
        String id = customer == null ? settings.demoCustomer() : customer;
        Identity who = id.isEmpty() || id.equals("none")
                ? new Identity.Anonymous(settings.tenant())
                : new Identity.Customer(settings.tenant(), id);
        long start = System.nanoTime();
        try (FileConversationLog log = FileConversationLog.builder(
                                Home.cache().resolve("conversations").resolve(settings.name()))
                        .open();
                Assembly assembly = new Assembly(options.plan(log))) {
            HttpApi api = new HttpApi(assembly, access, who, options.model(), settings);
            int bound = api.listen(host, port);
            System.err.printf(
                    "ready in %.1f s on http://%s:%d/ as %s%n", (System.nanoTime() - start) / 1e9, host, bound, id);
            CountDownLatch stop = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                stop.countDown();
                assembly.close();
            }));
            stop.await();
        }
        return 0;
    }
}
