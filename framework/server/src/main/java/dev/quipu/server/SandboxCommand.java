package dev.quipu.server;

import picocli.CommandLine.Command;

/** Untrusted Python by itself, without a model. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Runs untrusted Python in jails.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = SandboxRunCommand.class)
final class SandboxCommand {
    private SandboxCommand() {}
}
