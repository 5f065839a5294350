package dev.quipu.llama.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;

/** Makes LoRA adapters of random numbers, for a model. */
public final class LoraBytes {
    private final GgufBytes file = new GgufBytes();
    private final Random random;

    private LoraBytes(GgufFile base, long seed) {
        random = new Random(seed);
        file.put("general.type", "adapter")
                .put("general.architecture", base.text("general.architecture").orElseThrow())
                .put("adapter.type", "lora")
                .put("adapter.lora.alpha", ValueType.FLOAT32, 8f);
    }

    /** An adapter of rank 4 for some of a model's weights. */
    public static byte[] of(GgufFile base, long seed, List<String> weights) {
        return bytes(base, seed, weights).build();
    }

    static GgufBytes bytes(GgufFile base, long seed, List<String> weights) {
        LoraBytes lora = new LoraBytes(base, seed);
        for (String weight : weights) {
            GgufTensor target = base.tensor(weight).orElseThrow();
            lora.matrix(weight + ".lora_a", target.dimension(0), 4, 1);
            lora.matrix(weight + ".lora_b", 4, target.dimension(1), 0.2);
        }
        return lora.file;
    }

    private void matrix(String name, long rowLength, long rows, double scale) {
        ByteBuffer data = ByteBuffer.allocate((int) (4 * rowLength * rows)).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            data.putFloat((float) (random.nextGaussian() * scale));
        }
        file.tensor(name, TensorType.F32, data.array(), rowLength, rows);
    }
}
