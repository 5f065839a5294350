package dev.quipu.llama;

/**
 * An adapter that a request wants.
 *
 * @param name under which {@link Engine#loadAdapter} loaded it
 * @param scale how strongly it acts; 1 as it was trained
 */
public record AdapterUse(String name, float scale) {
    public AdapterUse {
        if (name.isBlank() || name.length() > 256) {
            throw new EngineException(
                    EngineError.OPTION, "An adapter's name has to have 1 to 256 characters, not all of them blank.");
        }
        if (!(Math.abs(scale) <= 100) || scale == 0) {
            throw new EngineException(
                    EngineError.OPTION,
                    "The scale of the adapter " + name + " is " + scale
                            + ", but has to be from -100 to 100 and not 0. Leave the adapter out instead.");
        }
    }

    /** As it was trained. */
    public static AdapterUse of(String name) {
        return new AdapterUse(name, 1);
    }
}
