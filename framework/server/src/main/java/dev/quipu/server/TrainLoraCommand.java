package dev.quipu.server;

import dev.quipu.training.ExampleReader;
import dev.quipu.training.Examples;
import dev.quipu.training.LoraTraining;
import dev.quipu.training.TrainingOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains an adapter on examples. */
@Command(
        name = "lora",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains an adapter of a model on examples: one JSON object a line, {\"messages\": [...]},",
            "{\"instruction\", \"input\", \"output\"}, {\"prompt\", \"completion\"} or {\"text\"}.",
            "Stopped by Ctrl-C or killed, it goes on with --resume."
        })
final class TrainLoraCommand implements Callable<Integer> {
    @Mixin
    private final TrainFlags flags = new TrainFlags();

    @Override
    public Integer call() {
        TrainingOptions options = flags.options(ModelFiles.find(flags.model()));
        TrainSession session = new TrainSession(flags);
        Examples examples = session.read(
                options, (engine, header) -> new ExampleReader(engine, header, options.length()).read(flags.data()));
        session.told(examples.all().size(), "examples", examples.skipped());
        LoraTraining training = new LoraTraining(options, examples);
        return session.run(options, training::run, training::stop);
    }
}
