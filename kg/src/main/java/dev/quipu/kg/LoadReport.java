package dev.quipu.kg;

import java.time.Duration;
import java.util.List;

/**
 * What a load did.
 *
 * @param files files that were read
 * @param unchanged files that were skipped because neither they nor the mapping changed since their last load
 * @param nodes nodes created or updated
 * @param relationships relationships created or updated
 * @param bad rows that were not loaded
 * @param notes decisions that were taken, such as a guessed encoding or an index without vectors
 */
public record LoadReport(
        int files, int unchanged, long nodes, long relationships, List<BadRow> bad, List<String> notes, Duration time) {
    public LoadReport {
        bad = List.copyOf(bad);
        notes = List.copyOf(notes);
    }
}
