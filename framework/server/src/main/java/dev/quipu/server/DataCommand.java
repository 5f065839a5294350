package dev.quipu.server;

import picocli.CommandLine.Command;

/** Data that models learn from. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Makes examples of raw data.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = DataPrepareCommand.class)
final class DataCommand {
    private DataCommand() {}
}
