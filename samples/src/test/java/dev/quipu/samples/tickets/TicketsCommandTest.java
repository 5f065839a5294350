package dev.quipu.samples.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.catalog.AdapterStore;
import dev.quipu.server.CommandProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TicketsCommandTest {
    @TempDir
    Path folder;

    @Test
    void isFoundByTheCommandLine() {
        CommandProvider provider =
                ServiceLoader.load(CommandProvider.class).findFirst().orElseThrow();

        CommandLine sample = (CommandLine) provider.command();

        assertThat(sample.getCommandName()).isEqualTo("sample");
        assertThat(sample.getSubcommands()).containsKey("tickets");
    }

    @Test
    void rollsBackToTheAdapterBefore() throws IOException {
        AdapterStore store = new AdapterStore(folder.resolve("adapters"));
        Path trained = folder.resolve("trained.gguf");
        store.put("tickets", Files.writeString(trained, "first"));
        store.put("tickets", Files.writeString(trained, "second"));

        int status = new CommandLine(new TicketsCommand(store))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute("--roll-back");

        assertThat(status).isZero();
        assertThat(store.find("tickets")).hasContent("first");
    }
}
