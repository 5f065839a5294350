package dev.quipu.runtime;

import static dev.quipu.runtime.SampleTurns.turn;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails at a chosen operation, for each operation that a short run of the log makes. */
class LogFailureTest {
    private static final int ROUNDS = 12;

    @TempDir
    Path folder;

    /** Every operation fails once, alone and as the first of several, and the log goes on afterwards. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void keepsExactlyTheAcknowledgedTurnsWhicheverOperationFails(int failures) throws IOException {
        for (int nth = 1; nth < 45; nth++) {
            Path place = folder.resolve("n" + nth + "-" + failures);
            FailingDisk disk = new FailingDisk(place, nth, failures);
            List<LoggedTurn> acknowledged = new ArrayList<>();

            try (FileConversationLog log = FileConversationLog.builder(place)
                    .maxSegmentBytes(5000)
                    .segments(disk)
                    .open()) {
                for (int i = 0; i < ROUNDS; i++) {
                    appendNext(log, acknowledged);
                    assertThat(log.read("c")).containsExactlyElementsOf(acknowledged);
                }
            } catch (LogException e) {
                assertThat(nth).as("only opening may fail: %s", e).isEqualTo(1);
                continue;
            }

            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS - failures);
            try (FileConversationLog log = FileConversationLog.builder(place).open()) {
                assertThat(log.read("c").subList(0, acknowledged.size()))
                        .as("failure at operation %d", nth)
                        .containsExactlyElementsOf(acknowledged);
                assertThat(log.read("c").size() - acknowledged.size()).isBetween(0, 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void saysThatATurnMayBeTriedAgain(int nth) {
        FailingDisk disk = new FailingDisk(folder, nth, 1);
        List<LogUnavailableException> failed = new ArrayList<>();

        try (FileConversationLog log =
                FileConversationLog.builder(folder).segments(disk).open()) {
            for (long i = 1; i <= 3; i++) {
                try {
                    log.append(turn("c" + i, 1));
                } catch (LogUnavailableException e) {
                    failed.add(e);
                }
            }
        }

        assertThat(failed).hasSize(1).first().satisfies(e -> {
            assertThat(e.code()).isEqualTo(RuntimeError.LOG_WRITE);
            assertThat(e).hasMessageContaining("No space left on device");
            assertThat(e.retryAfter()).isPositive();
        });
    }

    private static void appendNext(FileConversationLog log, List<LoggedTurn> acknowledged) {
        LoggedTurn next = turn("c", acknowledged.size() + 1L);
        try {
            log.append(next);
            acknowledged.add(next);
        } catch (LogUnavailableException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }

    /** Real files whose operations number {@code nth} and the next ones fail; a failing write leaves half its bytes. */
    private static final class FailingDisk implements LogWriter.Segments {
        private final Path place;
        private final int nth;
        private final int failures;
        private final AtomicInteger operations = new AtomicInteger();

        FailingDisk(Path place, int nth, int failures) {
            this.place = place;
            this.nth = nth;
            this.failures = failures;
        }

        @Override
        public AppendFile open(int number) throws IOException {
            step();
            LogFolder folder = new LogFolder(place);
            return new FailingFile(folder.append(folder.segment(number)));
        }

        private void step() throws IOException {
            if (fails()) {
                throw new IOException("No space left on device");
            }
        }

        private boolean fails() {
            int now = operations.incrementAndGet();
            return now >= nth && now < nth + failures;
        }

        private final class FailingFile implements AppendFile {
            private final AppendFile file;

            FailingFile(AppendFile file) {
                this.file = file;
            }

            @Override
            public void append(ByteBuffer bytes) throws IOException {
                if (fails()) {
                    file.append(bytes.limit(bytes.limit() / 2));
                    throw new IOException("No space left on device");
                }
                file.append(bytes);
            }

            @Override
            public void force() throws IOException {
                step();
                file.force();
            }

            @Override
            public void truncate(long size) throws IOException {
                step();
                file.truncate(size);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        }
    }
}
