package dev.quipu.training.internal;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.llama.gguf.ModelCheck;
import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import dev.quipu.training.internal.ggml.Backend;
import dev.quipu.training.internal.ggml.NativeResource;
import dev.quipu.training.internal.ggml.SharedMemory;
import dev.quipu.training.internal.ggml.Tensor;
import dev.quipu.training.internal.ggml.TensorPool;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A model whose weights stay as they are, in the file's own types.
 *
 * <p>The file is mapped, not read: its pages are the ones that a serving engine has mapped, and cost no memory of their own.
 * For a device with memory of its own there is a copy of the weights there.
 */
final class BaseModel implements NativeResource {
    private final GgufFile file;
    private final Geometry geometry;
    private final Arena arena = Arena.ofShared();
    private final TensorPool pool;
    private final SharedMemory memory;
    private final Map<String, Tensor> mapped = new HashMap<>();
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Optional<TensorPool> copies;

    private BaseModel(Path path, Backend host, Backend backend) throws IOException {
        file = ModelCheck.require(path);
        geometry = Geometry.of(file);
        new WeightCheck(file, geometry).run();
        requireAligned(path);
        MemorySegment bytes;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            pool = new TensorPool(file.tensors().size());
            memory = host.share(bytes);
        }
        for (GgufTensor each : file.tensors()) {
            Tensor tensor = like(each, pool);
            memory.place(tensor, file.dataOffset() + each.offset());
            mapped.put(each.name(), tensor);
        }
        copies = backend.host() ? Optional.empty() : Optional.of(copy(bytes, backend));
        if (copies.isEmpty()) {
            tensors.putAll(mapped);
        }
    }

    private static Tensor like(GgufTensor entry, TensorPool pool) {
        return pool.tensor(
                entry.type().id(),
                entry.dimensions().stream().mapToLong(Long::longValue).toArray());
    }

    private TensorPool copy(MemorySegment bytes, Backend backend) {
        TensorPool there = new TensorPool(file.tensors().size());
        file.tensors().forEach(entry -> tensors.put(entry.name(), like(entry, there)));
        there.allocate(backend);
        for (GgufTensor entry : file.tensors()) {
            tensor(entry.name()).writeBytes(bytes.asSlice(file.dataOffset() + entry.offset(), entry.bytes()));
        }
        return there;
    }

    private void requireAligned(Path path) {
        if (!file.tensors().stream().allMatch(t -> Backend.aligned(file.dataOffset() + t.offset()))) {
            throw new TrainingException(
                    TrainingError.MODEL,
                    path + " has its weights at places that ggml cannot compute on. Write it anew with"
                            + " './quipu model quantize'.");
        }
    }

    /**
     * @param host the CPU
     * @param backend what computes; the CPU, or a device that gets a copy
     * @throws dev.quipu.QuipuException if the file is not a sound model, or not one that can be trained
     */
    static BaseModel open(Path path, Backend host, Backend backend) {
        try {
            return new BaseModel(path, host, backend);
        } catch (IOException e) {
            throw new TrainingException(TrainingError.MODEL, path + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    Geometry geometry() {
        return geometry;
    }

    Tensor tensor(String name) {
        return find(name)
                .orElseThrow(() -> new TrainingException(TrainingError.MODEL, "The model has no " + name + "."));
    }

    Optional<Tensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /** A tensor in the process's own memory. */
    Tensor mapped(String name) {
        return java.util.Objects.requireNonNull(mapped.get(name));
    }

    /** The name of the weight that makes scores; many models take the embedding for it. */
    String outputName() {
        return tensors.containsKey("output.weight") ? "output.weight" : "token_embd.weight";
    }

    TensorType type(String name) {
        return file.tensor(name).map(GgufTensor::type).orElse(TensorType.F32);
    }

    @Override
    public void close() {
        copies.ifPresent(TensorPool::close);
        memory.close();
        pool.close();
        arena.close();
    }
}
