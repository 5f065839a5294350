package dev.quipu.codegen;

/** Hears of each step as it happens, on threads of the loop; it should not block them. */
@FunctionalInterface
public interface CodeListener {
    CodeListener NONE = step -> {};

    void onStep(Step step);
}
