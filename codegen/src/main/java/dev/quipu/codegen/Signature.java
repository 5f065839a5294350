package dev.quipu.codegen;

import java.util.List;

/**
 * What a request asks for.
 *
 * @param entryPoint its name; empty if none is told
 * @param isClass whether it is a class
 * @param parameters names of its parameters
 * @param annotations their types; an empty text for a parameter without one
 */
record Signature(String entryPoint, boolean isClass, List<String> parameters, List<String> annotations) {
    static final Signature NONE = new Signature("", false, List.of(), List.of());

    Signature {
        parameters = List.copyOf(parameters);
        annotations = List.copyOf(annotations);
    }
}
