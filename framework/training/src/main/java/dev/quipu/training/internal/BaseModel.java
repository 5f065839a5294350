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
 */
final class BaseModel implements NativeResource {
    private final GgufFile file;
    private final Geometry geometry;
    private final Arena arena = Arena.ofShared();
    private final TensorPool pool;
    private final SharedMemory memory;
    private final Map<String, Tensor> tensors = new HashMap<>();

    private BaseModel(Path path, Backend backend) throws IOException {
        file = ModelCheck.require(path);
        geometry = Geometry.of(file);
        new WeightCheck(file, geometry).run();
        requireAligned(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            pool = new TensorPool(file.tensors().size());
            memory = backend.share(mapped);
        }
        for (GgufTensor each : file.tensors()) {
            Tensor tensor = pool.tensor(
                    each.type().id(),
                    each.dimensions().stream().mapToLong(Long::longValue).toArray());
            memory.place(tensor, file.dataOffset() + each.offset());
            tensors.put(each.name(), tensor);
        }
    }

    private void requireAligned(Path path) {
        if (!file.tensors().stream().allMatch(t -> Backend.aligned(file.dataOffset() + t.offset()))) {
            throw new TrainingException(
                    TrainingError.MODEL,
                    path + " has its weights at places that ggml cannot compute on. Write it anew with"
                            + " './quipu model quantize'.");
        }
    }

    /** @throws dev.quipu.QuipuException if the file is not a sound model, or not one that can be trained */
    static BaseModel open(Path path, Backend backend) {
        try {
            return new BaseModel(path, backend);
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

    /** The name of the weight that makes scores; many models take the embedding for it. */
    String outputName() {
        return tensors.containsKey("output.weight") ? "output.weight" : "token_embd.weight";
    }

    TensorType type(String name) {
        return file.tensor(name).map(GgufTensor::type).orElse(TensorType.F32);
    }

    @Override
    public void close() {
        memory.close();
        pool.close();
        arena.close();
    }
}
