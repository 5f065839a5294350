package dev.quipu.runtime;

import static dev.quipu.runtime.SampleTurns.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quipu.ApiError;
import dev.quipu.QuipuException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConversationLogTest extends ConversationLogContract {
    @TempDir
    Path folder;

    @Override
    protected ConversationLog open() {
        return FileConversationLog.builder(folder.resolve("shared")).open();
    }

    @Test
    void goesOnWhereItStoppedAfterReopening() {
        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            log.append(turn("c", 1));
        }

        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            log.append(turn("c", 2));

            assertThat(log.read("c")).containsExactly(turn("c", 1), turn("c", 2));
            assertThat(log.recovery()).isEqualTo(new LogRecovery(1, 1, 0, List.of()));
        }
    }

    @Test
    void readsAConversationAcrossSegments() throws IOException {
        FileConversationLog.Builder builder =
                FileConversationLog.builder(folder).maxSegmentBytes(4000);
        List<LoggedTurn> turns =
                LongStream.rangeClosed(1, 20).mapToObj(i -> turn("c", i)).toList();

        try (FileConversationLog log = builder.open()) {
            turns.forEach(log::append);
        }

        try (FileConversationLog log = builder.open()) {
            assertThat(log.read("c")).containsExactlyElementsOf(turns);
            assertThat(files())
                    .hasSizeGreaterThan(3)
                    .allSatisfy(file -> assertThat(file.toFile()).size().isLessThan(4000));
        }
    }

    @Test
    void keepsFilesFromOtherUsers() throws IOException {
        try (FileConversationLog log =
                FileConversationLog.builder(folder.resolve("own")).open()) {
            log.append(turn("c", 1));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("own"))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder.resolve("own"))) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void sharesASynchronisationAmongTurnsThatComeTogether() throws IOException {
        LogFolder files = new LogFolder(folder);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger forces = new AtomicInteger();
        try (FileConversationLog log = FileConversationLog.builder(folder)
                        .segments(number -> new GatedFile(files.append(files.segment(number)), gate, forces))
                        .open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Phaser arrived = new Phaser(101);
            for (int i = 0; i < 100; i++) {
                String name = "c" + i;
                threads.execute(() -> {
                    arrived.arrive();
                    log.append(turn(name, 1));
                });
            }

            arrived.arriveAndAwaitAdvance();
            gate.countDown();
            threads.close();

            assertThat(log.read("c99")).hasSize(1);
            assertThat(forces.get()).isLessThan(80);
        }
    }

    @Test
    void refusesAFolderThatIsInUse() {
        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            LogException refused = catchThrowableOfType(
                    LogException.class,
                    () -> FileConversationLog.builder(folder).open());

            assertThat(refused.code()).isEqualTo(RuntimeError.LOG_LOCKED);
            assertThat(log.read("c")).isEmpty();
        }
    }

    @Test
    void saysWhyAFileIsNoFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        LogException refused = catchThrowableOfType(
                LogException.class, () -> FileConversationLog.builder(file).open());

        assertThat(refused.code()).isEqualTo(RuntimeError.LOG_READ);
        assertThat(refused).hasMessageContaining(file.toString());
    }

    @Test
    void refusesATurnThatIsTooLargeAndGoesOn() {
        try (FileConversationLog log =
                FileConversationLog.builder(folder).maxRecordBytes(10_000).open()) {
            LogException refused =
                    catchThrowableOfType(LogException.class, () -> log.append(turn("c", 1, "x".repeat(10_000))));
            log.append(turn("c", 1));

            assertThat(refused.code()).isEqualTo(RuntimeError.LOG_RECORD);
            assertThat(refused).hasMessageContaining("10000");
            assertThat(log.read("c")).containsExactly(turn("c", 1));
        }
    }

    @Test
    void givesBackTextWithHalfASurrogatePair() {
        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            log.append(turn("c", 1, "a\ud800b"));

            assertThat(log.read("c")).containsExactly(turn("c", 1, "a\ud800b"));
        }
    }

    @Test
    void refusesTurnsOnceClosed() {
        FileConversationLog log = FileConversationLog.builder(folder).open();
        log.close();

        QuipuException refused = catchThrowableOfType(QuipuException.class, () -> log.append(turn("c", 1)));

        assertThat(refused.code()).isEqualTo(ApiError.CLOSED);
    }

    @Test
    void readsTurnsThatTheFirstFormatWrote() throws IOException {
        try (var golden = FileConversationLogTest.class.getResourceAsStream("/conversations-00000001.v1.log")) {
            assertThat(golden).isNotNull();
            Files.write(folder.resolve("conversations-00000001.v1.log"), golden.readAllBytes());
        }

        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            assertThat(log.read("c")).containsExactly(turn("c", 1), turn("c", 2));
        }
    }

    /** Lets no synchronisation end before the gate opens. */
    private record GatedFile(AppendFile file, CountDownLatch gate, AtomicInteger forces) implements AppendFile {
        @Override
        public void append(ByteBuffer bytes) throws IOException {
            file.append(bytes);
        }

        @Override
        public void force() throws IOException {
            forces.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException(e.getMessage());
            }
            file.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }
}
