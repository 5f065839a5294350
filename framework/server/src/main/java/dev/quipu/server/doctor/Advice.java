package dev.quipu.server.doctor;

import dev.quipu.llama.catalog.ModelEntry;
import java.util.Comparator;
import java.util.List;

/**
 * What to run here.
 *
 * @param model the catalogue's name of a model
 * @param threads threads for decoding: more than there are cores do not help
 */
public record Advice(String model, int threads) {
    /** Two cores read about this many bytes of weights for each word without making the reader wait. */
    private static final long BYTES_A_CORE = 300_000_000;

    /**
     * The largest model that follows instructions, fits in half of the free memory, and is not too slow for the cores.
     *
     * @param models the catalogue
     * @param free bytes of memory
     */
    static Advice of(List<ModelEntry> models, long free, int cores) {
        List<ModelEntry> talking =
                models.stream().filter(model -> !model.template().isEmpty()).toList();
        String name = talking.stream()
                .filter(model -> model.size() <= free / 2 && model.size() <= BYTES_A_CORE * cores)
                .max(Comparator.comparingLong(ModelEntry::size))
                .or(() -> talking.stream().min(Comparator.comparingLong(ModelEntry::size)))
                .map(ModelEntry::name)
                .orElse("none");
        return new Advice(name, cores);
    }
}
