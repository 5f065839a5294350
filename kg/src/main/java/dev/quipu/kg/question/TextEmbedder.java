package dev.quipu.kg.question;

import java.util.List;

/** Turns texts into vectors; the examples of a suite come from a cache on disk when nothing changed. */
interface TextEmbedder {
    List<float[]> embed(List<String> texts);

    /** Which model it is. */
    default String name() {
        return getClass().getName();
    }
}
