package dev.quipu.server;

import dev.quipu.training.ExampleReader;
import dev.quipu.training.PreferenceTraining;
import dev.quipu.training.Preferences;
import dev.quipu.training.TrainingOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains an adapter on preferences. */
@Command(
        name = "preference",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains an adapter of a model on pairs of answers (DPO): one JSON object a line,",
            "{\"messages\": [...], \"chosen\", \"rejected\"} or {\"prompt\", \"chosen\", \"rejected\"}.",
            "A batch counts pairs. Stopped by Ctrl-C or killed, it goes on with --resume."
        })
final class TrainPreferenceCommand implements Callable<Integer> {
    @Mixin
    private final TrainFlags flags = new TrainFlags();

    @Option(names = "--beta", defaultValue = "0.1", description = "How dear it is to leave the model (default: 0.1).")
    private float beta;

    @Override
    public Integer call() {
        TrainingOptions options = flags.options(ModelFiles.find(flags.model()));
        TrainSession session = new TrainSession(flags);
        Preferences preferences = session.read(
                options,
                (engine, header) -> new ExampleReader(engine, header, options.length()).readPreferences(flags.data()));
        session.told(preferences.all().size(), "preferences", preferences.skipped());
        PreferenceTraining training = new PreferenceTraining(options, preferences.all(), beta);
        return session.run(options, training::run, training::stop);
    }
}
