package dev.quipu.llama.quantize;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.llama.gguf.TensorType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes the Q8_0 blocks of weights that were Q4_1 or Q5_1 anew, nearer to what they were.
 *
 * <p>The numbers of such a block stand on a grid: {@code m + d q}. Rounded by the largest of them, as llama.cpp does, each
 * gets an error of its own. Where the new scale is {@code d / k} for a whole k, all of them have the same distance to the
 * finer grid, and of several k one leaves next to none.
 */
final class FineBlocks {
    private FineBlocks() {}

    /** Rewrites what there is of such weights in {@code copy}, which has the same tensors as {@code source}. */
    static void write(Path source, Path copy) throws IOException {
        GgufFile from = GgufFile.read(source);
        GgufFile to = GgufFile.read(copy);
        try (Arena arena = Arena.ofConfined();
                FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment read = in.map(MapMode.READ_ONLY, 0, in.size(), arena);
            MemorySegment written = out.map(MapMode.READ_WRITE, 0, out.size(), arena);
            for (GgufTensor tensor : from.tensors()) {
                boolean grid = tensor.type() == TensorType.Q4_1 || tensor.type() == TensorType.Q5_1;
                GgufTensor made = to.tensor(tensor.name()).orElseThrow();
                if (grid && made.type() == TensorType.Q8_0) {
                    write(tensor.type(), part(read, from, tensor), part(written, to, made));
                }
            }
            written.force();
        }
    }

    private static MemorySegment part(MemorySegment file, GgufFile header, GgufTensor tensor) {
        return file.asSlice(header.dataOffset() + tensor.offset(), tensor.bytes());
    }

    private static void write(TensorType type, MemorySegment from, MemorySegment to) {
        GridBlock block = new GridBlock(type);
        long blocks = from.byteSize() / type.blockBytes();
        for (long i = 0; i < blocks; i++) {
            block.read(from, i * type.blockBytes());
            block.write(to, i * TensorType.Q8_0.blockBytes());
        }
    }
}
