package dev.quipu.server.doctor;

import java.nio.file.Path;
import java.util.Optional;

/** Loads a model and closes it again. */
@FunctionalInterface
public interface EngineTrial {
    /** Why it does not load; empty when it does. */
    Optional<String> problem(Path model);
}
