package dev.quipu.training.internal;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.training.Projection;
import dev.quipu.training.TrainingError;
import dev.quipu.training.TrainingException;
import dev.quipu.training.internal.ggml.Types;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An adapter as PEFT saves it, seen as one for a GGUF model. */
public final class PeftAdapter {
    private record Pair(PeftNames.Place place, Safetensors.Entry a, Safetensors.Entry b) {}

    private final PeftConfig config;
    private final Safetensors tensors;
    private final GgufFile base;
    private final Geometry geometry;
    private final Map<String, Pair> pairs = new TreeMap<>();

    private PeftAdapter(PeftConfig config, Safetensors tensors, GgufFile base) {
        this.config = config;
        this.tensors = tensors;
        this.base = base;
        this.geometry = Geometry.of(base);
        Map<String, Safetensors.Entry> first = new TreeMap<>();
        Map<String, Safetensors.Entry> second = new TreeMap<>();
        Map<String, PeftNames.Place> places = new TreeMap<>();
        for (Safetensors.Entry entry : tensors.entries().values()) {
            PeftNames.Place place = PeftNames.place(entry.name())
                    .orElseThrow(() -> refused(entry.name() + " has no place in a GGUF model"));
            if ((place.second() ? second : first).put(place.weight(), entry) != null) {
                throw refused("it has two matrices for " + place.weight() + ", one of them " + entry.name());
            }
            places.put(place.weight(), place);
        }
        places.forEach((weight, place) -> pairs.put(
                weight, new Pair(place, half(first.get(weight), place, "A"), half(second.get(weight), place, "B"))));
        pairs.values().forEach(this::requireShape);
        if (pairs.isEmpty()) {
            throw refused("it changes nothing");
        }
    }

    private static Safetensors.Entry half(
            Safetensors.@org.jspecify.annotations.Nullable Entry entry, PeftNames.Place place, String which) {
        return Optional.ofNullable(entry).orElseThrow(() -> refused(place.module() + " lacks its lora_" + which));
    }

    private void requireShape(Pair pair) {
        String weight = pair.place().weight();
        GgufTensor target = base.tensor(weight)
                .orElseThrow(() -> refused("it changes " + pair.place().module() + ", but the model has no " + weight
                        + (weight.equals("output.weight") ? "; its scores are made by the embedding" : "")));
        boolean fits = pair.a().shape().size() == 2
                && pair.b().shape().size() == 2
                && pair.a().shape().get(1) == target.dimension(0)
                && pair.b().shape().get(0) == target.dimension(1)
                && pair.a().shape().get(0).equals(pair.b().shape().get(1))
                && pair.a().shape().get(0) > 0;
        if (!fits) {
            throw refused(pair.place().module() + " has " + pair.a().shape() + " and "
                    + pair.b().shape() + ", but the model's weight is " + target.dimensions()
                    + "; it is for another model");
        }
    }

    /**
     * Takes an adapter over.
     *
     * @param folder with {@code adapter_config.json} and {@code adapter_model.safetensors}
     * @return weights that it changes
     * @throws TrainingException if it cannot be
     */
    public static int write(Path folder, GgufFile base, Path target) {
        Path file = folder.resolve("adapter_model.safetensors");
        if (!Files.isRegularFile(file)) {
            throw refused(folder + " has no adapter_model.safetensors"
                    + (Files.exists(folder.resolve("adapter_model.bin"))
                            ? "; its adapter_model.bin is a pickle, which may hold programs. Save it anew with"
                                    + " safe_serialization"
                            : ""));
        }
        PeftConfig config = PeftConfig.read(folder.resolve("adapter_config.json"));
        try (FileChannel in = FileChannel.open(file)) {
            PeftAdapter adapter = new PeftAdapter(config, Safetensors.read(in), base);
            AtomicFile.write(target, adapter.file()::write);
            return adapter.pairs.size();
        } catch (IOException e) {
            throw new TrainingException(TrainingError.ADAPTER, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private GgufWriter file() {
        GgufWriter out = new GgufWriter()
                .put("general.type", "adapter")
                .put("general.architecture", geometry.family().key())
                .put("adapter.type", "lora")
                .put("adapter.lora.alpha", config.fileAlpha());
        pairs.forEach((weight, pair) -> {
            long rank = pair.a().shape().getFirst();
            out.tensor(
                    weight + ".lora_a",
                    Types.F32,
                    new long[] {pair.a().shape().get(1), rank},
                    4 * pair.a().elements(),
                    () -> GgufWriter.little(tensors.floats(pair.a())));
            out.tensor(
                    weight + ".lora_b",
                    Types.F32,
                    new long[] {rank, pair.b().shape().getFirst()},
                    4 * pair.b().elements(),
                    () -> GgufWriter.little(second(pair, Math.toIntExact(rank))));
        });
        return out;
    }

    private float[] second(Pair pair, int rank) throws IOException {
        float[] values = tensors.floats(pair.b());
        float factor = config.factor(pair.place().module(), rank);
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        Optional<Projection> projection = pair.place().projection();
        if (geometry.family() == Family.LLAMA && projection.isPresent()) {
            return switch (projection.get()) {
                case Q, K -> interleaved(values, rank, geometry.head());
                default -> values;
            };
        }
        return values;
    }

    /**
     * The rows of each head in the order of GGUF files of the Llama family: there the two numbers that a position turns
     * together lie side by side, elsewhere half a head apart.
     */
    static float[] interleaved(float[] rows, int width, int head) {
        float[] turned = new float[rows.length];
        int half = head / 2;
        for (int row = 0; row < rows.length / width; row++) {
            int start = row / head * head;
            int place = row - start;
            int target = start + 2 * (place % half) + place / half;
            System.arraycopy(rows, row * width, turned, target * width, width);
        }
        return turned;
    }

    private static TrainingException refused(String why) {
        return new TrainingException(TrainingError.ADAPTER, "The adapter cannot be taken over: " + why + ".");
    }
}
