package dev.quipu.samples;

import dev.quipu.samples.tickets.Tickets;
import dev.quipu.server.CommandProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The samples that are commands: {@code ./quipu sample …}. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = "Samples to start from.",
        synopsisSubcommandLabel = "COMMAND")
public final class SampleCommand implements CommandProvider {
    @Override
    public Object command() {
        return new CommandLine(this).addSubcommand(Tickets.command());
    }
}
