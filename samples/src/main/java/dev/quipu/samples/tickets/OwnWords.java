package dev.quipu.samples.tickets;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.Sampling;
import dev.quipu.training.Example;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts of all sorts that the model itself wrote before it was taught. Learning them beside the tickets keeps what it knew:
 * where nothing has changed they pull nowhere, for they are drawn from its own probabilities, and where the tickets bent
 * these they pull back (pseudo-rehearsal, Robins 1995).
 */
final class OwnWords {
    private static final List<String> OPENINGS = List.of(
            "The history of",
            "In the early morning",
            "Scientists have found that",
            "To cook",
            "When I was young,",
            "The city council",
            "Water is",
            "Dear reader,",
            "A good teacher",
            "During the war",
            "The river",
            "Many people believe",
            "Once there was",
            "The first step is",
            "According to the report,",
            "Music",
            "The doctor said",
            "In mathematics,",
            "The old house",
            "Children who",
            "The government of",
            "Most birds",
            "She opened the door and",
            "Energy",
            "The company announced",
            "Between the mountains",
            "Reading",
            "If you want to travel,",
            "The film tells",
            "Farmers",
            "Light travels",
            "On Monday,");
    private static final Sampling FREE =
            Sampling.BALANCED.withTemperature(1).withTopK(0).withTopP(1).withMinP(0);
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private OwnWords() {}

    /**
     * So many texts, each of a sequence's length.
     *
     * @param kept where they are kept, and looked for first
     */
    static List<Example> write(Engine engine, int count, int length, Path kept) {
        AnswerBook book = AnswerBook.open(kept);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String opening = OPENINGS.get(i % OPENINGS.size());
            String key = opening + " #" + i;
            if (book.find(key).isEmpty()) {
                int last = Math.min(count, i + OPENINGS.size());
                generate(engine, IntStream.range(i, last).boxed().toList(), length, book);
                System.err.println("wrote " + last + " of " + count + " texts");
            }
            int[] tokens = engine.tokenize(opening + book.find(key).orElseThrow(), false);
            if (tokens.length > 1) {
                examples.add(Example.text(Arrays.copyOf(tokens, Math.min(tokens.length, length + 1))));
            }
        }
        return examples;
    }

    private static void generate(Engine engine, List<Integer> numbers, int length, AnswerBook book) {
        List<Generation> running = numbers.stream()
                .map(i -> engine.generate(GenerationRequest.of(OPENINGS.get(i % OPENINGS.size()))
                        .withSampling(FREE.withSeed(i + 1))
                        .withMaxTokens(length)
                        .withDeadline(PATIENCE)))
                .toList();
        for (int i = 0; i < numbers.size(); i++) {
            try (Generation generation = running.get(i)) {
                int number = numbers.get(i);
                book.put(
                        OPENINGS.get(number % OPENINGS.size()) + " #" + number,
                        generation.await().text());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineException(EngineError.DEADLINE, "The writing was interrupted.", e);
            }
        }
    }
}
