package dev.quipu.server;

import picocli.CommandLine.Command;

/** The benchmarks. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures this machine against a peer, in the same run.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = BenchSandboxCommand.class)
final class BenchCommand {
    private BenchCommand() {}
}
