package dev.quipu.llama;

import java.util.List;
import java.util.Optional;

/** Loads engines of one kind. Found by {@link java.util.ServiceLoader}. */
public interface EngineProvider {
    /** The name of the provider that loads engines in processes of their own, with another provider in each. */
    String ISOLATED = "worker";

    /** Its name, for {@code quipu.engine.provider}. */
    String name();

    /** Lower is tried first. */
    int order();

    /** Why it cannot be used on this machine; empty when it can. */
    Optional<String> unavailable();

    /** What it can compute on here; empty when it cannot tell. */
    default List<Device> devices() {
        return List.of();
    }

    /**
     * Loads a model. The caller has checked the file.
     *
     * @throws EngineException if it cannot be loaded
     */
    Engine load(EngineOptions options);

    /**
     * Loads a model that makes vectors of texts. The caller has checked the file.
     *
     * @throws EngineException if it cannot be loaded, or the provider has no encoders
     */
    default Encoder encoder(EncoderOptions options) {
        throw new EngineException(
                EngineError.UNSUPPORTED,
                "The " + name() + " provider has no encoders. Use the native provider: add quipu-llama-natives.");
    }
}
