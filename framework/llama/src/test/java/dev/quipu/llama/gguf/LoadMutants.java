package dev.quipu.llama.gguf;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.quipu.QuipuException;
import dev.quipu.llama.Encoder;
import dev.quipu.llama.EncoderOptions;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Loads mutants in a process that may die of it: arguments are a folder, the first number, the number
 * after the last, and whether they make text or vectors.
 * Each line says how far it came, so that the parent knows of which mutant it died.
 */
final class LoadMutants {
    private LoadMutants() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        Path file = Path.of(arguments[0]).resolve("mutant.gguf");
        boolean vectors = arguments[3].equals("vectors");
        long end = Long.parseLong(arguments[2]);
        for (long number = Long.parseLong(arguments[1]); number < end; number++) {
            byte[] bytes = vectors ? Mutants.ofEncoder(number) : Mutants.of(number);
            Files.write(file, bytes);
            try {
                if (vectors) {
                    ModelCheck.requireEncoder(file);
                } else {
                    ModelCheck.require(new ByteChannel(bytes));
                }
            } catch (GgufException e) {
                System.out.println("@refused " + number + " " + e.code().id());
                continue;
            }
            System.out.println("@accepted " + number);
            String became = vectors ? encode(file, number % 2 == 0) : use(file, number % 2 == 0);
            System.out.println("@" + became + " " + number);
        }
        System.out.println("@end");
    }

    /** Loads it and makes vectors, of texts and of a pair. */
    private static String encode(Path file, boolean usual) {
        EncoderOptions options = EncoderOptions.of(file).withThreads(1).withBatchSize(64);
        try (Encoder encoder = Encoder.load(usual ? options : options.withPooling(Pooling.MEAN))) {
            encoder.encode(List.of("hello w\u00f6rld \ud83d\ude00", "the"));
            encoder.encodePairs("hello", List.of("world", "in"));
            return "generated";
        } catch (QuipuException e) {
            return "failed";
        }
    }

    /** What llama.cpp makes of a file: loads it, tokenises, and generates two tokens. */
    private static String use(Path file, boolean usual) throws InterruptedException {
        EngineOptions options = EngineOptions.builder(file)
                .contextSize(usual ? 0 : 32)
                .sequences(usual ? 4 : 1)
                .threads(1)
                .batchSize(32)
                .build();
        try (Engine engine = Engine.load(options)) {
            engine.tokenize("hello w\u00f6rld \ud83d\ude00\n<|im_end|>", true);
            try (Generation generation = engine.generate(
                    GenerationRequest.of("hello").withMaxTokens(2).withDeadline(Duration.ofSeconds(30)))) {
                generation.await();
            }
            return "generated";
        } catch (QuipuException e) {
            return "failed";
        }
    }
}
