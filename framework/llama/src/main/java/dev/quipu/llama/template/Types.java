package dev.quipu.llama.template;

/** The names that messages give to the types of values. */
final class Types {
    private Types() {}

    static String name(Value value) {
        return switch (value) {
            case Value.Text ignored -> "a string";
            case Value.Int ignored -> "an integer";
            case Value.Real ignored -> "a float";
            case Value.Bool ignored -> "a boolean";
            case Value.None ignored -> "none";
            case Value.Undefined undefined -> "the undefined '" + undefined.name() + "'";
            case Value.Sequence sequence -> sequence.tuple() ? "a tuple" : "a list";
            case Value.Mapping ignored -> "a dictionary";
            case Value.Namespace ignored -> "a namespace";
            case Value.Loop ignored -> "a loop";
            case Value.Function ignored -> "a function";
        };
    }
}
