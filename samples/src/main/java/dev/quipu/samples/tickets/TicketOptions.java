package dev.quipu.samples.tickets;

import dev.quipu.llama.CacheFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What the command line says of a run. */
final class TicketOptions {
    @Option(names = "--model", defaultValue = "smollm2-135m", description = "The model (default: ${DEFAULT-VALUE}).")
    String model = "smollm2-135m";

    @Option(names = "--name", defaultValue = "tickets", description = "The adapter's name (default: ${DEFAULT-VALUE}).")
    String name = "tickets";

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where data, checkpoint and report go (default: the cache).")
    Path work = CacheFolder.base().resolve("tickets");

    @Option(
            names = "--train",
            defaultValue = "160",
            description = "Exercises a task to learn (default: ${DEFAULT-VALUE}).")
    int train;

    @Option(
            names = "--test",
            defaultValue = "84",
            description = "Exercises a task to examine (default: ${DEFAULT-VALUE}).")
    int test;

    @Option(
            names = "--examine",
            defaultValue = "test",
            description = "Split to examine on: test, or validation while you choose settings (default: test).")
    Split examine = Split.TEST;

    @Option(
            names = "--own-words",
            defaultValue = "48",
            description = "Texts of the model's own that it learns beside the tickets (default: ${DEFAULT-VALUE}).")
    int ownWords;

    @Option(names = "--rank", defaultValue = "8", description = "Rank of the adapter (default: ${DEFAULT-VALUE}).")
    int rank;

    @Option(
            names = "--epochs",
            defaultValue = "1",
            description = "Passes over the exercises (default: ${DEFAULT-VALUE}).")
    int epochs;

    @Option(names = "--lr", defaultValue = "2e-4", description = "Rate of learning (default: ${DEFAULT-VALUE}).")
    float rate;

    @Option(
            names = "--scale",
            defaultValue = "0.85",
            description = "How strongly it acts when it is used; less forgets less (default: ${DEFAULT-VALUE}).")
    float scale;

    @Option(names = "--seq", defaultValue = "256", description = "Tokens of a sequence (default: ${DEFAULT-VALUE}).")
    int length;

    @Option(names = "--batch", defaultValue = "4", description = "Sequences of a step (default: ${DEFAULT-VALUE}).")
    int batch;

    @Option(names = "--threads", description = "CPU threads (default: the processors).")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--text", paramLabel = "F", description = "A general text for perplexity (default: the sample's).")
    Path text = samples().resolve("tickets").resolve("general.txt");

    @Option(names = "--seed", defaultValue = "42", description = "Seed of all chance (default: ${DEFAULT-VALUE}).")
    long seed;

    /** The folder of all that a model makes. */
    Path folder(Path file) {
        return work.resolve(file.getFileName().toString().replaceFirst("\\.gguf$", ""));
    }

    /** The repository's folder of samples. */
    static Path samples() {
        return Path.of(System.getProperty("quipu.home", "."), "samples");
    }
}
