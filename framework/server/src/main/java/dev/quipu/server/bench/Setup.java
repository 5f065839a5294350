package dev.quipu.server.bench;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.Weights;
import java.nio.file.Path;

/**
 * A model and how both sides run it.
 *
 * @param name for the figures
 * @param threads of the CPU, the same for the peer
 * @param weights how ours are kept; the peer's are as in the file
 * @param gpuLayers on a GPU, the same for the peer
 * @param rounds repetitions, alternated with the peer's
 * @param peers where the programs to compare with lie
 */
record Setup(String name, Path model, int threads, Weights weights, int gpuLayers, int rounds, Path peers) {
    Setup {
        // A peer runs in its own folder.
        model = model.toAbsolutePath();
        peers = peers.toAbsolutePath();
    }

    Engine engine(int sequences, int context) {
        return Engine.load(options(sequences, context).build());
    }

    /** An engine that keeps nothing of conversations that ended, as the peer's benchmark does. */
    Engine forgetful(int sequences, int context) {
        return Engine.load(options(sequences, context).cachedPrefixes(0).build());
    }

    private EngineOptions.Builder options(int sequences, int context) {
        return EngineOptions.builder(model)
                .threads(threads)
                .weights(weights)
                .gpuLayers(gpuLayers)
                .sequences(sequences)
                .contextSize(context)
                .queueLimit(1024);
    }

    /** A figure under a name that tells it from those with the weights as they are stored. */
    Figure named(Figure figure) {
        return weights == Weights.STORED
                ? figure
                : new Figure(figure.name().replaceFirst("^engine", "engine.batched"), figure.unit(), figure.runs());
    }

    Path peer(String program) {
        return peers.resolve(program);
    }
}
