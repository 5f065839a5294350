package dev.quipu.llama.gguf;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a LoRA adapter may be given to native code, for a model.
 *
 * <p>llama.cpp reads some of an adapter's keys without looking at their type, multiplies some pairs without comparing their
 * sizes, and leaves tensors out that it does not know; the first two end the process, the third gives wrong answers. So all
 * of that is refused here, as is an adapter made for another model.
 */
public final class AdapterCheck {
    private static final String A = ".lora_a";
    private static final String B = ".lora_b";
    private static final String EMBEDDING = "token_embd.weight";
    private static final String OUTPUT = "output.weight";

    private final GgufFile adapter;
    private final Map<String, GgufTensor> base = new HashMap<>();

    private AdapterCheck(GgufFile adapter, GgufFile model) {
        this.adapter = adapter;
        model.tensors().forEach(t -> base.put(t.name(), t));
    }

    /**
     * Reads an adapter's header and checks it. The file must not change until it is loaded.
     *
     * @throws GgufException that says why it must not be loaded
     */
    public static GgufFile require(Path adapter, GgufFile model) {
        GgufFile file = GgufFile.read(adapter);
        AdapterCheck check = new AdapterCheck(file, model);
        check.requireText("general.type", "adapter");
        check.requireText("adapter.type", "lora");
        check.requireText(
                "general.architecture", model.text("general.architecture").orElse(""));
        check.requireAlpha();
        check.requirePairs();
        return file;
    }

    private void requireText(String key, String wanted) {
        String found = adapter.text(key).orElse("none");
        if (!found.equals(wanted)) {
            throw wrong("its " + key + " is '" + found + "', but has to be '" + wanted + "'");
        }
    }

    private void requireAlpha() {
        GgufValue alpha = adapter.metadata().get("adapter.lora.alpha");
        boolean sound = alpha instanceof GgufValue.Real real
                && real.type() == ValueType.FLOAT32
                && Double.isFinite(real.number())
                && real.number() >= 0;
        if (!sound) {
            throw wrong("its adapter.lora.alpha is " + alpha + ", but has to be a FLOAT32 that is not negative");
        }
        if (adapter.metadata().containsKey("adapter.alora.invocation_tokens")) {
            throw wrong("it acts only from certain tokens on, which is not supported");
        }
    }

    private void requirePairs() {
        Map<String, GgufTensor> tensors = new HashMap<>();
        adapter.tensors().forEach(t -> tensors.put(t.name(), t));
        if (tensors.isEmpty()) {
            throw wrong("it has no tensors");
        }
        for (GgufTensor tensor : adapter.tensors()) {
            String name = tensor.name();
            if (!name.endsWith(A) && !name.endsWith(B)) {
                throw wrong("its tensor " + name + " is neither half of a pair " + A + ", " + B);
            }
            if (!tensor.type().multiplies()) {
                throw wrong("its tensor " + name + " has the type " + tensor.type() + ", which does not multiply");
            }
            String weight = name.substring(0, name.length() - A.length());
            GgufTensor other = tensors.get(weight + (name.endsWith(A) ? B : A));
            if (other == null) {
                throw wrong("its tensor " + name + " has no other half");
            }
            if (name.endsWith(A)) {
                requireShape(weight, tensor, other);
            }
        }
    }

    /** The matrix that B and A multiply to has to have the shape of the weight that it is added to. */
    private void requireShape(String weight, GgufTensor a, GgufTensor b) {
        GgufTensor target = base.get(weight);
        if (target == null) {
            throw wrong("it changes " + weight + ", which the model does not have; it is for another model");
        }
        boolean embedding = weight.equals(EMBEDDING);
        if (embedding && !base.containsKey(OUTPUT)) {
            // llama.cpp finds the pair by that name for the scores, too, and multiplies what does not fit.
            throw wrong("it changes " + weight + ", which also makes this model's scores");
        }
        // An embedding is looked up, not multiplied: its A lies the other way round.
        boolean fits = embedding
                ? a.dimension(1) == target.dimension(1)
                        && b.dimension(1) == target.dimension(0)
                        && a.dimension(0) == b.dimension(0)
                : a.dimension(0) == target.dimension(0)
                        && b.dimension(1) == target.dimension(1)
                        && a.dimension(1) == b.dimension(0);
        boolean stacked = target.dimensions().size() >= 2
                && a.dimension(2) == target.dimension(2)
                && b.dimension(2) == target.dimension(2)
                && a.dimension(3) == 1
                && b.dimension(3) == 1;
        if (!fits || !stacked) {
            throw wrong("its pair for " + weight + " is " + List.of(a.dimensions(), b.dimensions())
                    + ", but the model's weight is " + target.dimensions() + "; it is for another model");
        }
    }

    private static GgufException wrong(String what) {
        return new GgufException(GgufError.ADAPTER, "The adapter cannot be used with this model: " + what + ".");
    }
}
