package dev.quipu.runtime;

import static dev.quipu.runtime.SampleTurns.turn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that fills a small disk with turns, frees some space, goes on, and reads everything back from a log that was
 * opened anew. It prints what became of each turn.
 */
final class FullDiskVictim {
    static final String ACKNOWLEDGED = "acknowledged ";
    static final String REFUSED = "refused ";
    static final String STORED = "stored ";

    private static final int REFUSALS = 3;
    private static final int AFTERWARDS = 5;

    private FullDiskVictim() {}

    /** Argument: a folder on the small disk. */
    public static void main(String... args) throws IOException {
        Path disk = Path.of(args[0]);
        Path ballast = disk.resolve("ballast");
        Files.write(ballast, new byte[100_000]);
        try (FileConversationLog log = open(disk)) {
            int refused = 0;
            long next = 1;
            while (refused < REFUSALS) {
                if (append(log, next)) {
                    next++;
                } else {
                    refused++;
                }
            }
            Files.delete(ballast);
            for (int i = 0; i < AFTERWARDS; i++) {
                append(log, next++);
            }
        }
        try (FileConversationLog log = open(disk)) {
            log.read("c").forEach(t -> System.out.println(STORED + t.turn().sequence()));
        }
    }

    private static FileConversationLog open(Path disk) {
        return FileConversationLog.builder(disk.resolve("log"))
                .maxSegmentBytes(20_000)
                .open();
    }

    private static boolean append(FileConversationLog log, long sequence) {
        try {
            log.append(turn("c", sequence));
            System.out.println(ACKNOWLEDGED + sequence);
            return true;
        } catch (LogUnavailableException e) {
            System.out.println(REFUSED + e.code().id() + " " + e.getMessage());
            return false;
        }
    }
}
