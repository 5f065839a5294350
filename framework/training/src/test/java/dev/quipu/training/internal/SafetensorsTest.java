package dev.quipu.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.training.TrainingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    private static byte[] file(String header, int dataBytes) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private Safetensors read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("t.safetensors"), bytes);
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            return Safetensors.read(in);
        }
    }

    @Test
    void readsEveryTypeOfNumber() throws IOException {
        byte[] bytes = file(
                "{'__metadata__':{'format':'pt'},'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
                        + "'b':{'dtype':'F16','shape':[1,1],'data_offsets':[4,6]},"
                        + "'c':{'dtype':'BF16','shape':[],'data_offsets':[6,8]}}  ",
                8);
        ByteBuffer.wrap(bytes, bytes.length - 8, 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1.25f)
                .putShort(Float.floatToFloat16(-0.5f))
                .putShort((short) (Float.floatToRawIntBits(3f) >>> 16));
        Path file = Files.write(folder.resolve("t.safetensors"), bytes);

        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            Safetensors tensors = Safetensors.read(in);

            assertThat(tensors.floats(entry(tensors, "a"))).containsExactly(1.25f);
            assertThat(tensors.floats(entry(tensors, "b"))).containsExactly(-0.5f);
            assertThat(tensors.floats(entry(tensors, "c"))).containsExactly(3f);
            assertThat(tensors.entries()).hasSize(3);
        }
    }

    private static Safetensors.Entry entry(Safetensors tensors, String name) {
        return Objects.requireNonNull(tensors.entries().get(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}",
                "{'a':{'dtype':'I8','shape':[8],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}}",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}}",
                "{'a':{'dtype':'F32','data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
                "{'a':{'dtype':'F32','shape':[9223372036854775807,4],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}}",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} x",
                "{'a':",
            })
    void refusesWhatDoesNotFit(String header) {
        assertThatThrownBy(() -> read(file(header, 8)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("damaged");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 17, 1 << 30, Long.MAX_VALUE})
    void refusesAHeaderOfAnImpossibleLength(long length) {
        byte[] bytes = file("{}        ", 0);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);

        assertThatThrownBy(() -> read(bytes)).isInstanceOf(TrainingException.class);
    }

    @Test
    void endsForAnyDamageWithTensorsThatFillTheFileOrATypedError() throws IOException {
        byte[] whole;
        try (InputStream in =
                SafetensorsTest.class.getResourceAsStream("/dev/quipu/training/peft/llama/adapter_model.safetensors")) {
            whole = Objects.requireNonNull(in).readAllBytes();
        }
        int header =
                8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        SplittableRandom random = new SplittableRandom(6);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = java.util.Arrays.copyOf(
                    whole, random.nextInt(8) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                bytes[random.nextInt(Math.min(header, Math.max(1, bytes.length)))] = (byte) random.nextInt();
            }
            try (SeekableByteChannel in = new Bytes(bytes)) {
                long numbers = Safetensors.read(in).entries().values().stream()
                        .mapToLong(e -> e.end() - e.begin())
                        .sum();
                assertThat(numbers).isLessThan(bytes.length);
            } catch (TrainingException e) {
                refused++;
            }
        }

        assertThat(refused).isBetween(1_000, 2_000);
    }
}
