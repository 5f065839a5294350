package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.natives.NativeBundle;
import dev.quipu.llama.natives.NativeCache;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Quantizes one model and ends: arguments are the input, the output, the number of the mix, the threads, whether the
 * input may be quantized already, and {@code NAME=TYPE} for weights that get a type of their own. It says {@code @tensor
 * NAME} when it begins with one.
 */
public final class QuantizeMain {
    private QuantizeMain() {}

    public static void main(String[] arguments) {
        Path output = Path.of(arguments[1]);
        Thread.ofPlatform().daemon().name("quipu-parent").start(() -> endWithParent(output));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Llama llama = Llama.load(NativeBundle.locate(NativeCache.folder(), Layouts.RELEASES));
        int code = new NativeQuantizer(llama, tensor -> out.println("@tensor " + tensor), out::println)
                .run(
                        Path.of(arguments[0]),
                        output,
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Boolean.parseBoolean(arguments[4]),
                        Arrays.asList(arguments).subList(5, arguments.length));
        Runtime.getRuntime().halt(code == 0 ? 0 : 1);
    }

    /** The other end of standard input is open as long as the parent lives. */
    private static void endWithParent(Path output) {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent.
            }
            Files.deleteIfExists(output);
        } catch (IOException e) {
            // There is nobody left to tell.
        }
        Runtime.getRuntime().halt(1);
    }
}
