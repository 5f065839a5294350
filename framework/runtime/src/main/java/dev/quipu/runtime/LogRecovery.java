package dev.quipu.runtime;

import java.nio.file.Path;
import java.util.List;

/**
 * What a log found when it was opened.
 *
 * @param turns turns that can be read
 * @param conversations conversations they belong to
 * @param truncatedBytes bytes of unfinished writes that were cut off; nobody was told that they were stored
 * @param damaged places that hold no intact record; they are left as they are and skipped
 */
public record LogRecovery(long turns, int conversations, long truncatedBytes, List<Damage> damaged) {
    public LogRecovery {
        damaged = List.copyOf(damaged);
    }

    /**
     * Bytes that were written as records and are none now.
     *
     * @param file the segment
     * @param offset first damaged byte
     * @param length how many bytes
     */
    public record Damage(Path file, long offset, long length) {}
}
