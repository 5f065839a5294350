package dev.quipu.llama.natives;

import java.nio.file.Path;
import java.util.Set;

/** Unpacks the class path's libraries in a process of its own and prints where. */
final class UnpackMain {
    private UnpackMain() {}

    public static void main(String[] arguments) {
        System.out.println(
                NativeBundle.locate(Path.of(arguments[0]), Set.of("v0.5.0")).folder());
    }
}
