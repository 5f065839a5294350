package dev.quipu.llama.template;

/** Python's truth of values: empty, zero, none and undefined are false. */
final class Truth {
    private Truth() {}

    static boolean of(Value value) {
        return switch (value) {
            case Value.Text text -> !text.text().isEmpty();
            case Value.Int integer -> integer.number().signum() != 0;
            case Value.Real real -> real.number() != 0;
            case Value.Bool bool -> bool.isTrue();
            case Value.None ignored -> false;
            case Value.Undefined ignored -> false;
            case Value.Sequence sequence -> !sequence.items().isEmpty();
            case Value.Mapping mapping -> !mapping.entries().isEmpty();
            case Value.Namespace ignored -> true;
            case Value.Loop ignored -> true;
            case Value.Function ignored -> true;
        };
    }
}
