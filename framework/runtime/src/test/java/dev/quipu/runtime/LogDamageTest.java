package dev.quipu.runtime;

import static dev.quipu.runtime.SampleTurns.turn;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogDamageTest {
    private static final int TURNS = 4;

    @TempDir
    Path folder;

    private Path segment = Path.of("");
    private byte[] sound = {};

    @BeforeEach
    void writeSegment() throws IOException {
        segment = folder.resolve("conversations-00000001.v1.log");
        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            LongStream.rangeClosed(1, TURNS).forEach(i -> log.append(turn("c" + i, 1)));
        }
        sound = Files.readAllBytes(segment);
    }

    @Test
    void keepsEveryWholeTurnWhereverTheFileEnds() throws IOException {
        List<Integer> ends = recordEnds();

        for (int size = 0; size <= sound.length; size++) {
            int cut = size;
            Files.write(segment, Arrays.copyOf(sound, size));

            Found found = scan();

            long whole = ends.stream().filter(end -> end <= cut).count();
            assertThat(found.turns).as("cut at byte %d", size).hasSize((int) whole);
            assertThat(found.damaged).as("cut at byte %d", size).isZero();
            assertThat(found.end).isEqualTo(whole == 0 ? 0L : ends.get((int) whole - 1));
        }
    }

    @Test
    void losesAtMostTheTurnWhoseBitFlipped() throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);

        for (int i = 0; i < 1500; i++) {
            byte[] flipped = sound.clone();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(segment, flipped);

            Found found = scan();

            String hit =
                    "c" + (1 + recordEnds().stream().filter(end -> end <= at).count());
            List<String> others = LongStream.rangeClosed(1, TURNS)
                    .mapToObj(n -> "c" + n)
                    .filter(name -> !name.equals(hit))
                    .toList();
            assertThat(found.turns).as("bit flipped in byte %d", at).containsAll(others);
            assertThat(found.turns.size() + Math.min(1, found.damaged + found.torn()))
                    .as("byte %d", at)
                    .isGreaterThanOrEqualTo(TURNS);
        }
    }

    @Test
    void cutsATornTailOffAndGoesOn() throws IOException {
        Files.write(segment, Arrays.copyOf(sound, sound.length - 5));

        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            log.append(turn("c" + TURNS, 1));

            assertThat(log.recovery().truncatedBytes()).isPositive();
            assertThat(log.recovery().turns()).isEqualTo(TURNS - 1);
        }

        assertThat(Files.readAllBytes(segment)).isEqualTo(sound);
    }

    @Test
    void reportsADamagedRecordAndKeepsItsBytes() throws IOException {
        byte[] damaged = sound.clone();
        damaged[recordEnds().getFirst() + 40] ^= 1;
        Files.write(segment, damaged);

        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            assertThat(log.read("c1")).hasSize(1);
            assertThat(log.read("c2")).isEmpty();
            assertThat(log.read("c3")).hasSize(1);
            assertThat(log.recovery().damaged())
                    .containsExactly(new LogRecovery.Damage(
                            segment,
                            recordEnds().getFirst(),
                            recordEnds().get(1) - recordEnds().getFirst()));
        }

        assertThat(Files.readAllBytes(segment)).isEqualTo(damaged);
    }

    @Test
    void opensAFileOfNoise() throws IOException {
        byte[] noise = new byte[300_000];
        RandomGeneratorFactory.of("L64X128MixRandom").create(3).nextBytes(noise);
        Files.write(segment, noise);

        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            log.append(turn("c", 1));

            assertThat(log.recovery().turns()).isZero();
            assertThat(log.recovery().damaged()).isNotEmpty();
        }
        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            assertThat(log.read("c")).hasSize(1);
        }
    }

    @Test
    void takesTheLaterOfTwoTurnsWithOneSequence() throws IOException {
        Files.write(segment, record(turn("c", 1, "never acknowledged")));
        Files.write(folder.resolve("conversations-00000002.v1.log"), record(turn("c", 1, "acknowledged")));

        try (FileConversationLog log = FileConversationLog.builder(folder).open()) {
            assertThat(log.read("c")).containsExactly(turn("c", 1, "acknowledged"));
        }
    }

    private static byte[] record(LoggedTurn turn) throws IOException {
        byte[] json = TurnJson.bytes(turn);
        ByteBuffer bytes = ByteBuffer.allocate(RecordFormat.size(json));
        RecordFormat.put(bytes, json);
        return bytes.array();
    }

    private List<Integer> recordEnds() {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < sound.length; i++) {
            if (sound[i] == '\n') {
                ends.add(i + 1);
            }
        }
        return ends;
    }

    private Found scan() throws IOException {
        Found found = new Found();
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.READ)) {
            found.end = SegmentScan.run(channel, found);
            found.size = channel.size();
        }
        return found;
    }

    private static final class Found implements SegmentScan.Sink {
        private final List<String> turns = new ArrayList<>();
        private int damaged;
        private long end;
        private long size;

        int torn() {
            return end < size ? 1 : 0;
        }

        @Override
        public boolean record(long position, byte[] bytes, int offset, int length) {
            try {
                turns.add(TurnJson.key(bytes, offset, length).conversation());
                return true;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void damage(long position, long length) {
            damaged++;
        }
    }
}
