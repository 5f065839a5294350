package dev.quipu.training.internal;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.llama.gguf.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** Copies a model's file with some of its weights replaced. All else is copied byte by byte. */
final class ModelCopy {
    private static final int MAGIC = 'G' | 'G' << 8 | 'U' << 16 | 'F' << 24;

    private record Replacement(TensorType type, AtomicFile.Content content) {}

    private final GgufFile source;
    private final FileChannel in;
    private final Map<String, Replacement> replacements = new HashMap<>();

    ModelCopy(GgufFile source, FileChannel in) {
        this.source = source;
        this.in = in;
    }

    void replace(String tensor, TensorType type, AtomicFile.Content content) {
        replacements.put(tensor, new Replacement(type, content));
    }

    /** Bytes that the copy will have, or a few more. */
    long bytes() {
        return source.dataOffset()
                + source.alignment()
                + source.tensors().stream().mapToLong(t -> padded(size(t))).sum();
    }

    private TensorType type(GgufTensor tensor) {
        Replacement replacement = replacements.get(tensor.name());
        return replacement == null ? tensor.type() : replacement.type();
    }

    private long size(GgufTensor tensor) {
        return tensor.elements() / type(tensor).blockSize() * type(tensor).blockBytes();
    }

    private long padded(long size) {
        return Math.ceilDiv(size, source.alignment()) * source.alignment();
    }

    /** @param progress hears which share of the bytes is written */
    void write(FileChannel out, DoubleConsumer progress) throws IOException {
        GgufWriter.all(out, ByteBuffer.wrap(start()));
        copy(source.keysOffset(), source.listOffset() - source.keysOffset(), out);
        GgufWriter.all(out, ByteBuffer.wrap(list()));
        pad(out);
        for (GgufTensor tensor : source.tensors()) {
            long begin = out.position();
            Replacement replacement = replacements.get(tensor.name());
            if (replacement == null) {
                copy(source.dataOffset() + tensor.offset(), tensor.bytes(), out);
            } else {
                replacement.content().write(out);
            }
            if (out.position() - begin != size(tensor)) {
                throw new IllegalStateException(
                        tensor.name() + " has " + (out.position() - begin) + " bytes, not " + size(tensor));
            }
            pad(out);
            progress.accept(Math.min(1, (double) out.position() / bytes()));
        }
    }

    private byte[] start() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LittleEndian little = new LittleEndian(new DataOutputStream(bytes));
        little.whole(MAGIC);
        little.whole(source.version());
        little.wide(source.tensors().size());
        little.wide(source.metadata().size());
        return bytes.toByteArray();
    }

    private byte[] list() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LittleEndian little = new LittleEndian(new DataOutputStream(bytes));
        long offset = 0;
        for (GgufTensor tensor : source.tensors()) {
            little.text(tensor.name());
            little.whole(tensor.dimensions().size());
            for (long dimension : tensor.dimensions()) {
                little.wide(dimension);
            }
            little.whole(type(tensor).id());
            little.wide(offset);
            offset += padded(size(tensor));
        }
        return bytes.toByteArray();
    }

    private void copy(long from, long count, FileChannel out) throws IOException {
        for (long done = 0; done < count; ) {
            long moved = in.transferTo(from + done, count - done, out);
            if (moved <= 0) {
                throw new IOException("the model became shorter while it was read");
            }
            done += moved;
        }
    }

    private void pad(FileChannel out) throws IOException {
        GgufWriter.all(out, ByteBuffer.allocate((int) (padded(out.position()) - out.position())));
    }
}
