package dev.quipu.training.internal;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.internal.ggml.Backend;
import dev.quipu.training.internal.ggml.Graph;
import dev.quipu.training.internal.ggml.Ops;
import dev.quipu.training.internal.ggml.RowQuantizer;
import dev.quipu.training.internal.ggml.Tensor;
import dev.quipu.training.internal.ggml.TensorPool;
import dev.quipu.training.internal.ggml.Types;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/**
 * Writes a weight with the product of an adapter's two matrices added, some rows at a time: however large the weight, no
 * more than a few million of its numbers are in memory.
 */
final class WeightMerge {
    private static final long AT_ONCE = 1 << 21;

    /** A GGUF file that is open. */
    record Source(GgufFile header, FileChannel in) {
        MemorySegment bytes(Arena arena, long offset, long count) throws IOException {
            MemorySegment bytes = arena.allocate(count, 64);
            for (long done = 0; done < count; ) {
                long piece = Math.min(count - done, 1 << 30);
                int read = in.read(bytes.asSlice(done, piece).asByteBuffer(), header.dataOffset() + offset + done);
                if (read < 0) {
                    throw new IOException("a file became shorter while it was read");
                }
                done += read;
            }
            return bytes;
        }
    }

    private final Backend backend;
    private final Source base;
    private final Source adapter;
    private final GgufTensor weight;
    private final float scale;
    private final RowQuantizer quantizer;

    /** @param target the type that the weight gets */
    WeightMerge(Source base, Source adapter, GgufTensor weight, TensorType target, float scale, Backend backend) {
        this.base = base;
        this.adapter = adapter;
        this.weight = weight;
        this.scale = scale;
        this.backend = backend;
        this.quantizer = new RowQuantizer(target.id(), Math.toIntExact(weight.dimension(0)));
    }

    void write(FileChannel out) throws IOException {
        GgufTensor a = adapter.header().tensor(weight.name() + ".lora_a").orElseThrow();
        GgufTensor b = adapter.header().tensor(weight.name() + ".lora_b").orElseThrow();
        long width = weight.dimension(0);
        int rows = (int) Math.clamp(AT_ONCE / width, 1, weight.dimension(1));
        try (TensorPool pool = new TensorPool(3)) {
            Tensor frozen = pool.tensor(weight.type().id(), width, rows);
            Tensor first = pool.tensor(a.type().id(), a.dimension(0), a.dimension(1));
            Tensor second = pool.tensor(b.type().id(), b.dimension(0), b.dimension(1));
            pool.allocate(backend);
            load(adapter, a.offset(), a.bytes(), first);
            load(adapter, b.offset(), b.bytes(), second);
            long rowBytes = weight.bytes() / weight.dimension(1);
            for (long from = 0; from < weight.dimension(1); from += rows) {
                // The last rows are read together with some before them, so that each pass has as many.
                long start = Math.min(from, weight.dimension(1) - rows);
                load(base, weight.offset() + start * rowBytes, rows * rowBytes, frozen);
                float[] sum = sum(frozen, first, second, start, rows);
                int known = Math.toIntExact((from - start) * width);
                GgufWriter.all(out, quantizer.rows(java.util.Arrays.copyOfRange(sum, known, sum.length)));
            }
        }
    }

    private static void load(Source source, long offset, long count, Tensor target) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            target.writeBytes(source.bytes(arena, offset, count));
        }
    }

    private float[] sum(Tensor frozen, Tensor a, Tensor b, long start, long rows) {
        // A of an embedding lies the other way round: a row a token, which stands where B's rows do elsewhere.
        boolean embedding = weight.name().equals("token_embd.weight");
        try (Graph graph = new Graph(backend, 24)) {
            Ops ops = graph.ops();
            Tensor plainA = ops.cast(a, Types.F32);
            Tensor plainB = ops.cast(b, Types.F32);
            Tensor left = embedding ? plainB : ops.transposed(plainA);
            Tensor right = embedding ? plainA : plainB;
            Tensor change = ops.scale(ops.mulMat(left, ops.rows(right, start, rows)), scale);
            Tensor sum = ops.add(ops.cast(frozen, Types.F32), change);
            graph.keep(sum);
            graph.add(sum);
            graph.allocate();
            graph.compute();
            return sum.floats();
        }
    }
}
