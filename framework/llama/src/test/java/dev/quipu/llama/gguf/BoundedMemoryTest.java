package dev.quipu.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Files of a terabyte of zeros behind a header that lies: all that is allocated stays below 64 MB. */
class BoundedMemoryTest {
    private static final long TERABYTE = 1L << 40;
    private static final long BOUND = 64L << 20;

    @Test
    void passesOverATextThatIsTooLongToKeep() {
        byte[] start = prefix(0, 1, "k", ValueType.STRING, 1L << 39);

        long allocated = allocatedBy(() -> GgufFile.read(new ByteChannel(start, TERABYTE)));

        assertThat(allocated).isLessThan(BOUND);
    }

    @Test
    void refusesAnArrayOfTextsThatNeverEnds() {
        byte[] start = arrayPrefix("tokenizer.ggml.tokens", ValueType.STRING, 1L << 36);

        long allocated = allocatedBy(() -> assertThatExceptionOfType(GgufException.class)
                .isThrownBy(() -> GgufFile.read(new ByteChannel(start, TERABYTE)))
                .withMessageContaining("longer than"));

        assertThat(allocated).isLessThan(BOUND);
    }

    @Test
    void refusesArraysOfArraysThatNeverEnd() {
        byte[] start = arrayPrefix("k", ValueType.ARRAY, 1L << 36);

        assertThatExceptionOfType(GgufException.class)
                .isThrownBy(() -> GgufFile.read(new ByteChannel(start, TERABYTE)))
                .withMessageContaining("longer than");
    }

    @Test
    void refusesMoreTextThanAHeaderMayKeep() {
        GgufBytes bytes = new GgufBytes();
        byte[] text = new byte[Allowance.TEXT_BYTES];
        for (int i = 0; i < 32; i++) {
            bytes.put("k" + i, ValueType.STRING, text);
        }
        byte[] built = bytes.build();

        long allocated = allocatedBy(() -> assertThatExceptionOfType(GgufException.class)
                .isThrownBy(() -> GgufFile.read(new ByteChannel(built)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(GgufError.TOO_LARGE)));

        assertThat(allocated).isLessThan(BOUND);
    }

    @Test
    void refusesMoreTensorsThanAModelHas() {
        byte[] start = prefix(1L << 30, 0, "", ValueType.UINT8, 0);

        assertThatExceptionOfType(GgufException.class)
                .isThrownBy(() -> GgufFile.read(new ByteChannel(start, TERABYTE)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(GgufError.TOO_LARGE));
    }

    @Test
    void indexesALargeVocabularyInBoundedMemory() {
        List<byte[]> tokens = new ArrayList<>();
        for (int i = 0; i < 500_000; i++) {
            tokens.add(String.format(Locale.ROOT, "t%d", i).getBytes(StandardCharsets.US_ASCII));
        }
        byte[] built = new GgufBytes()
                .putArray("tokenizer.ggml.tokens", ValueType.STRING, tokens)
                .build();

        long allocated = allocatedBy(() -> {
            ByteChannel channel = new ByteChannel(built);
            GgufValue.Array array =
                    GgufFile.read(channel).array("tokenizer.ggml.tokens").orElseThrow();
            TokenTable.read(new HeaderReader(channel), array).requireDistinct();
        });

        assertThat(allocated).isLessThan(BOUND);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static long allocatedBy(Work work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            work.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] arrayPrefix(String key, ValueType elements, long count) {
        byte[] prefix = prefix(0, 1, key, ValueType.ARRAY, 0);
        ByteBuffer bytes = ByteBuffer.allocate(prefix.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(prefix, 0, prefix.length - 8).putInt(elements.id()).putLong(count);
        return bytes.array();
    }

    private static byte[] prefix(long tensors, long keys, String key, ValueType type, long length) {
        ByteBuffer numbers = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        numbers.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(tensors)
                .putLong(keys);
        numbers.putLong(key.length())
                .put(key.getBytes(StandardCharsets.US_ASCII))
                .putInt(type.id())
                .putLong(length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(numbers.array(), 0, numbers.position());
        return out.toByteArray();
    }
}
