package dev.quipu.server;

import picocli.CommandLine.Command;

/** The knowledge graph by itself, without a model. */
@Command(
        name = "graph",
        mixinStandardHelpOptions = true,
        description = "Loads data into a graph and shows what a question finds in it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            GraphMapCommand.class,
            GraphLoadCommand.class,
            GraphIndexCommand.class,
            GraphAskCommand.class,
            GraphSearchCommand.class,
            GraphTopicsCommand.class,
            GraphMergesCommand.class,
            GraphShowCommand.class,
            GraphStatsCommand.class,
            GraphBackupCommand.class,
            GraphRestoreCommand.class
        })
final class GraphCommand {
    private GraphCommand() {}
}
