package dev.quipu.server;

import dev.quipu.server.bench.DataBench;
import dev.quipu.server.bench.EngineBench;
import dev.quipu.server.bench.GraphBench;
import dev.quipu.server.bench.TrainingBench;
import picocli.CommandLine.Command;

/** Measures speed. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures speed, beside peers where they are installed.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            EngineBench.class,
            BenchSandboxCommand.class,
            GraphBench.class,
            DataBench.class,
            TrainingBench.class
        })
final class BenchCommand {
    private BenchCommand() {}
}
