package dev.quipu.samples.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.catalog.AdapterStore;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole way with a real model, on as few tickets as there can be. */
@Tag("long")
class TicketRunTest {
    @TempDir
    Path folder;

    private TicketReport run(AdapterStore store) {
        TicketOptions options = new TicketOptions();
        new CommandLine(options)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(
                        "--work=" + folder.resolve("work"),
                        "--train=5",
                        "--test=1",
                        "--own-words=1",
                        "--epochs=1",
                        "--threads=1",
                        "--text=tickets/general.txt");
        Path model = ModelStore.standard().pull(options.model, PullListener.NONE);
        return new TicketRun(options, Path.of(""), model, store).run();
    }

    @Test
    void endsWithAnAdapterUnderItsNameAndDoesNotTrainTwice() throws IOException {
        AdapterStore store = new AdapterStore(folder.resolve("adapters"));

        TicketReport first = run(store);
        TicketReport again = run(store);

        assertThat(store.versions("tickets")).containsExactly(1);
        assertThat(store.find("tickets")).exists();
        assertThat(first.examples()).isEqualTo(16);
        assertThat(first.after().all(Task.INTENT)).isEqualTo(1);
        assertThat(first.text().perplexityChange()).isNotZero();
        assertThat(again.after()).isEqualTo(first.after());
        assertThat(Files.readAllLines(folder.resolve("work/smollm2-135m/train.jsonl")))
                .hasSize(15);
    }
}
