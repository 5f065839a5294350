package dev.quipu.samples.tickets;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.llama.catalog.AdapterStore;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import dev.quipu.server.ServerError;
import dev.quipu.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From a shop's tickets to an adapter, in one command. */
@Command(
        name = "tickets",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Teaches a small model a shop's tickets: writes conversations, examines the model, trains an adapter,",
            "takes it into the running engine, examines again, and keeps it under its name for serve --adapter.",
            "Ended or killed, the same command goes on."
        })
final class TicketsCommand implements Callable<Integer> {
    @Mixin
    private final TicketOptions options = new TicketOptions();

    @Option(names = "--roll-back", description = "Takes the version before instead; nothing is trained.")
    private boolean rollBack;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    private final AdapterStore store;

    TicketsCommand(AdapterStore store) {
        this.store = store;
    }

    @Override
    public Integer call() {
        if (rollBack) {
            int version = store.rollBack(options.name);
            System.out.println(
                    json
                            ? new ObjectMapper()
                                    .createObjectNode()
                                    .put("adapter", options.name)
                                    .put("version", version)
                                    .toString()
                            : options.name + " is version " + version + " again; of " + store.versions(options.name)
                                    + " none is deleted");
            return 0;
        }
        Path model = model();
        TicketReport report = new TicketRun(options, TicketOptions.samples(), model, store).run();
        Path text = options.folder(model).resolve("report.md");
        write(text, report.markdown());
        write(options.folder(model).resolve("report.json"), report.json().toPrettyString() + "\n");
        System.out.println(json ? report.json().toString() : report.markdown() + "\n" + serving(text));
        return 0;
    }

    private Path model() {
        return options.model.endsWith(".gguf")
                ? Path.of(options.model)
                : ModelStore.standard().pull(options.model, PullListener.NONE);
    }

    private String serving(Path report) {
        return """
                Serve it:    ./quipu serve --model %1$s --adapter %2$s   (ask the model %1$s with "adapters":[{"name":"%2$s","scale":%5$s}])
                Roll back:   ./quipu sample tickets --name %2$s --roll-back   (versions: %3$s)
                Report:      %4$s""".formatted(options.model, options.name, store.versions(options.name), report, options.scale);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
