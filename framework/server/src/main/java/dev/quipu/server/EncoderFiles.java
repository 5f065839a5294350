package dev.quipu.server;

import dev.quipu.llama.EncoderOptions;
import dev.quipu.llama.LlamaEmbeddingModel;
import dev.quipu.llama.LlamaScoringModel;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** GGUF models that make vectors or rank, as options of a command. */
final class EncoderFiles {
    @Option(
            names = "--embedding-model",
            paramLabel = "NAME=FILE",
            description = "A GGUF model that makes vectors, for /v1/embeddings. May be repeated.")
    private Map<String, Path> embedders = Map.of();

    @Option(
            names = "--reranker",
            paramLabel = "NAME=FILE",
            description = "A GGUF model that ranks, for /v1/rerank. May be repeated.")
    private Map<String, Path> rerankers = Map.of();

    /** Loads them; the assembly closes them with its own parts. */
    void load(Assembly assembly) {
        embedders.forEach((name, file) ->
                assembly.vectors().add(name, assembly.keep(LlamaEmbeddingModel.load(EncoderOptions.of(file)))));
        rerankers.forEach((name, file) ->
                assembly.vectors().add(name, assembly.keep(LlamaScoringModel.load(EncoderOptions.of(file)))));
    }
}
