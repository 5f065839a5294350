package dev.quipu.server;

import picocli.CommandLine.Command;

/** Teaches models. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Teaches a model on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TrainLoraCommand.class, TrainPreferenceCommand.class})
final class TrainCommand {
    private TrainCommand() {}
}
