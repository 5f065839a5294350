package dev.quipu.codegen;

import java.util.List;
import java.util.stream.Stream;

/**
 * A request as it was read.
 *
 * @param request what was asked
 * @param signature what it asks for
 * @param examples what it says about results
 * @param tests the caller's tests, made to import what they use; empty if there are none
 * @param notes what a reader of the report should know about the request
 */
record Task(CodeRequest request, Signature signature, List<Example> examples, String tests, List<String> notes) {
    Task {
        examples = List.copyOf(examples);
        notes = List.copyOf(notes);
    }

    String entryPoint() {
        return signature.entryPoint();
    }

    /** Whether anything was given to test code with. */
    boolean testable() {
        return !tests.isEmpty() || !examples.isEmpty();
    }

    Task with(Signature other, List<Example> found) {
        return new Task(request, other, found, tests, notes);
    }

    Task withNote(String note) {
        return new Task(
                request,
                signature,
                examples,
                tests,
                Stream.concat(notes.stream(), Stream.of(note)).toList());
    }
}
