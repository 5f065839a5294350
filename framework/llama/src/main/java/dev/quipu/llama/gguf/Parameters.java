package dev.quipu.llama.gguf;

import java.util.Arrays;
import java.util.OptionalLong;

/** The hyper-parameters of a model, read with their bounds. */
final class Parameters {
    private final GgufFile file;
    private final String prefix;

    Parameters(GgufFile file, String architecture) {
        this.file = file;
        this.prefix = architecture + ".";
    }

    static GgufException wrong(String what) {
        return new GgufException(GgufError.PARAMETERS, what + ".");
    }

    boolean has(String key) {
        return file.metadata().containsKey(prefix + key);
    }

    long required(String key, long low, long high) {
        return optional(key, low, high).orElseThrow(() -> wrong(prefix + key + " is missing or no whole number"));
    }

    /** A whole number inside of its bounds; empty when there is none. */
    OptionalLong optional(String key, long low, long high) {
        OptionalLong number = file.number(prefix + key);
        if (number.isPresent()) {
            requireBetween(key, number.getAsLong(), low, high);
        } else if (has(key) && file.array(prefix + key).isEmpty()) {
            throw wrong(prefix + key + " is " + file.metadata().get(prefix + key) + ", but has to be a whole number");
        }
        return number;
    }

    /** A number for each layer, which a file gives once for all or as an array. */
    long[] eachLayer(String key, int layers, long otherwise, long low, long high) {
        long[] each = new long[layers];
        GgufValue.Array array = file.array(prefix + key).orElse(null);
        if (array == null) {
            Arrays.fill(each, optional(key, low, high).orElse(otherwise));
            return each;
        }
        if (array.values().size() != layers) {
            throw wrong(prefix + key + " has " + array.count() + " numbers for " + layers + " layers");
        }
        for (int i = 0; i < layers; i++) {
            each[i] = array.values().get(i) instanceof GgufValue.Whole whole ? whole.number() : -1;
            requireBetween(key, each[i], low, high);
        }
        return each;
    }

    /** Numbers that are added under a square root: llama.cpp asserts that they are not negative, and not-a-number is. */
    void requireNotNegative(String key) {
        GgufValue value = file.metadata().get(prefix + key);
        if (value != null && !(value instanceof GgufValue.Real real && real.number() >= 0 && real.number() < 1)) {
            throw wrong(prefix + key + " is " + value + ", but has to be from 0 to 1");
        }
    }

    private void requireBetween(String key, long number, long low, long high) {
        if (number < low || number > high) {
            throw wrong(prefix + key + " is " + number + ", but has to be from " + low + " to " + high);
        }
    }
}
