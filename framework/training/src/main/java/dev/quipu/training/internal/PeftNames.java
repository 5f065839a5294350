package dev.quipu.training.internal;

import dev.quipu.training.Projection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PEFT's names of the matrices of an adapter, and what they are called in a GGUF file. */
final class PeftNames {
    private static final Pattern NAME =
            Pattern.compile("((?:[a-z_]+\\.){0,6}?(?:layers\\.(\\d{1,4})\\.(?:self_attn|mlp)\\.([a-z]+_proj)|lm_head))"
                    + "\\.lora_([AB])(?:\\.[A-Za-z0-9_-]{1,64})?\\.weight");
    private static final Map<String, Projection> PROJECTIONS = Map.of(
            "q_proj", Projection.Q,
            "k_proj", Projection.K,
            "v_proj", Projection.V,
            "o_proj", Projection.O,
            "gate_proj", Projection.GATE,
            "up_proj", Projection.UP,
            "down_proj", Projection.DOWN);

    /**
     * @param module that PEFT changed
     * @param weight in the GGUF file
     * @param projection of a layer; empty for the output
     * @param second whether it is B
     */
    record Place(String module, String weight, Optional<Projection> projection, boolean second) {}

    private PeftNames() {}

    /** Empty for a name that has no place in a GGUF file. */
    static Optional<Place> place(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean second = matcher.group(4).equals("B");
        if (matcher.group(2) == null) {
            return Optional.of(new Place(matcher.group(1), "output.weight", Optional.empty(), second));
        }
        int layer = Integer.parseInt(matcher.group(2));
        return Optional.ofNullable(PROJECTIONS.get(matcher.group(3)))
                .map(p -> new Place(matcher.group(1), p.weight(layer), Optional.of(p), second));
    }
}
