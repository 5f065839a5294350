package dev.quipu.llama.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a loop stands. */
final class LoopState {
    private final List<Value> items;
    private final int depth;
    private final Value.@Nullable Function recursion;
    private final int index;
    private final Changes changes;

    private LoopState(List<Value> items, int depth, Value.@Nullable Function recursion, int index, Changes changes) {
        this.items = items;
        this.depth = depth;
        this.recursion = recursion;
        this.index = index;
        this.changes = changes;
    }

    static LoopState of(List<Value> items, int depth, Value.@Nullable Function recursion) {
        return new LoopState(items, depth, recursion, 0, new Changes());
    }

    LoopState at(int newIndex) {
        return new LoopState(items, depth, recursion, newIndex, changes);
    }

    Value current() {
        return items.get(index);
    }

    /** What {@code loop(…)} calls; null in a loop that is not recursive. */
    Value.@Nullable Function recursion() {
        return recursion;
    }

    Value attribute(String name) {
        int length = items.size();
        return switch (name) {
            case "index" -> Value.of(index + 1);
            case "index0" -> Value.of(index);
            case "revindex" -> Value.of(length - index);
            case "revindex0" -> Value.of(length - index - 1);
            case "first" -> Value.of(index == 0);
            case "last" -> Value.of(index == length - 1);
            case "length" -> Value.of(length);
            case "depth" -> Value.of(depth);
            case "depth0" -> Value.of(depth - 1);
            case "previtem" -> index > 0 ? items.get(index - 1) : new Value.Undefined("loop.previtem");
            case "nextitem" -> index + 1 < length ? items.get(index + 1) : new Value.Undefined("loop.nextitem");
            case "cycle" -> new Value.Function("loop.cycle", this::cycle);
            case "changed" -> new Value.Function("loop.changed", changes::changed);
            default -> new Value.Undefined("loop." + name);
        };
    }

    private Value cycle(Execution run, Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            throw run.failure(TemplateError.WRONG_TYPE, "loop.cycle needs values to cycle through");
        }
        return arguments.positional().get(index % arguments.positional().size());
    }

    /** Remembers what {@code loop.changed} saw last, across the rounds of one loop. */
    private static final class Changes {
        private @Nullable Value last;

        Value changed(Execution run, Arguments arguments) {
            Value now = new Value.Sequence(arguments.positional(), true);
            boolean changed = last == null || !Equality.equal(run, last, now);
            last = now;
            return Value.of(changed);
        }
    }
}
