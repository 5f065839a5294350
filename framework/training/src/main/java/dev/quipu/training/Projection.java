package dev.quipu.training;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A weight of a layer that an adapter can change. */
public enum Projection {
    Q("attn_q"),
    K("attn_k"),
    V("attn_v"),
    O("attn_output"),
    GATE("ffn_gate"),
    UP("ffn_up"),
    DOWN("ffn_down");

    private final String tensor;

    Projection(String tensor) {
        this.tensor = tensor;
    }

    /** The name of its tensor in a layer of a GGUF file: {@code blk.3.attn_q.weight}. */
    public String weight(int layer) {
        return "blk." + layer + "." + tensor + ".weight";
    }

    public static Set<Projection> all() {
        return EnumSet.allOf(Projection.class);
    }

    /**
     * Those that a list names, such as {@code q,v} or {@code all}.
     *
     * @throws TrainingException if it names another
     */
    public static Set<Projection> parse(String list) {
        if (list.equals("all")) {
            return all();
        }
        Set<Projection> found = EnumSet.noneOf(Projection.class);
        for (String name : list.split(",")) {
            try {
                found.add(valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new TrainingException(
                        TrainingError.OPTION,
                        "'" + name + "' is no projection. Choose among q, k, v, o, gate, up and down, or all.",
                        e);
            }
        }
        return found;
    }
}
