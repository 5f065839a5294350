package dev.quipu.llama.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value while a template runs, with the meaning that it has in Python.
 *
 * <p>A closed set: nothing of the surrounding program can be reached through it. Sequences and mappings are mutable and
 * belong to one rendering, so values are not thread-safe.
 */
sealed interface Value {
    static Text of(String text) {
        return new Text(text);
    }

    static Int of(long number) {
        return new Int(BigInteger.valueOf(number));
    }

    static Int of(BigInteger number) {
        return new Int(number);
    }

    static Bool of(boolean value) {
        return value ? Bool.TRUE : Bool.FALSE;
    }

    /** A string. Comparable so that dictionaries stay fast when a hostile template makes keys of one hash. */
    record Text(String text) implements Value, Comparable<Text> {
        @Override
        public int compareTo(Text other) {
            return text.compareTo(other.text);
        }
    }

    record Int(BigInteger number) implements Value {}

    record Real(double number) implements Value {}

    enum Bool implements Value {
        FALSE,
        TRUE;

        boolean isTrue() {
            return this == TRUE;
        }
    }

    enum None implements Value {
        NONE
    }

    /**
     * What a missing variable or attribute yields: empty where it is printed or iterated, an error where it is used.
     *
     * @param name what is missing, for the message
     */
    record Undefined(String name) implements Value {}

    /** A list, or a tuple, which no method changes. */
    record Sequence(List<Value> items, boolean tuple) implements Value {
        static Sequence list(List<Value> items) {
            return new Sequence(items, false);
        }

        static Sequence tuple(Value... items) {
            return new Sequence(List.of(items), true);
        }

        static Sequence empty() {
            return new Sequence(new ArrayList<>(), false);
        }
    }

    /** A dictionary in the order of insertion. */
    record Mapping(Map<Value, Value> entries) implements Value {
        static Mapping empty() {
            return new Mapping(new LinkedHashMap<>());
        }

        @Nullable
        Value get(String key) {
            return entries.get(of(key));
        }

        void put(String key, Value value) {
            entries.put(of(key), value);
        }
    }

    /** The result of {@code namespace()}: attributes that inner scopes may assign. */
    record Namespace(Map<String, Value> attributes) implements Value {}

    /** The variable {@code loop}. */
    record Loop(LoopState state) implements Value {}

    /** Something that can be called: a macro, a method, a global function. */
    record Function(String name, Body body) implements Value {}

    /** What a function does. */
    interface Body {
        Value call(Execution run, Arguments arguments);
    }
}
