package dev.quipu.llama.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * How the matching works.
 *
 * What may still come is a set of frames: a part of the grammar and, linked to it, all that follows it. Frames are
 * interned, so equal continuations are one object and shared tails are stored once (a graph-structured stack, Tomita
 * 1986). A state is the set of frames whose next part is a character, with the bytes of a character that is not whole
 * yet. States are interned too and remember their successors: a deterministic automaton over bytes that is built only
 * as far as texts go (as regular-expression engines do since Thompson 1968), although the language need not be regular.
 * A repetition with a number is a frame that counts down; it is never written out.
 */

/**
 * Follows texts of a grammar byte by byte. Not thread-safe.
 *
 * <p>Its tables grow with the texts it has seen and are emptied when they reach a bound; states stay valid.
 */
public final class Automaton {
    private static final int MOST_FRAMES = 200_000;
    private static final int MOST_STATES = 20_000;
    /** Ways to read one text at once; a grammar that needs more is ambiguous beyond use. */
    private static final int MOST_WAYS = 5_000;

    private final Map<String, Part> rules;
    private final Frame end = new Frame(Part.NOTHING, null, 0);
    private final IdentityHashMap<Part, Part> parts = new IdentityHashMap<>();
    private final Map<Repeated, Part> counted = new HashMap<>();
    private final Map<Link, Frame> frames = new HashMap<>();
    private final Map<Shape, State> states = new HashMap<>();
    private final State dead = new State(List.of(), false, Utf8.NONE);
    private int ids = 1;

    private Automaton(Map<String, Part> rules) {
        this.rules = rules;
    }

    /** An automaton for a grammar. */
    public static Automaton of(Grammar grammar) {
        return new Automaton(grammar.rules());
    }

    /** Before any text. */
    public State start() {
        return state(expanded(List.of(frame(rule("root"), end))), Utf8.NONE);
    }

    private Part rule(String name) {
        return java.util.Objects.requireNonNull(rules.get(name), name);
    }

    /** What comes next, and what comes after it; null for the end of the text. Compared by identity. */
    private static final class Frame {
        final Part part;
        final @Nullable Frame next;
        final int id;

        Frame(Part part, @Nullable Frame next, int id) {
            this.part = part;
            this.next = next;
            this.id = id;
        }
    }

    private record Repeated(Identity item, int least, int most) {}

    private record Identity(Object value) {
        @Override
        public boolean equals(@Nullable Object other) {
            // Equal parts at different places are different.
            return other instanceof Identity identity && same(identity.value, value);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(value);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Object a, Object b) {
        return a == b;
    }

    private record Link(Identity part, int next) {}

    private record Shape(List<Integer> frames, boolean end, Utf8 begun) {}

    private Frame frame(Part part, Frame next) {
        if (frames.size() > MOST_FRAMES) {
            frames.clear();
            states.clear();
        }
        return frames.computeIfAbsent(new Link(new Identity(part), next.id), link -> new Frame(part, next, ids++));
    }

    private Part lessOne(Part.Repeat repeat) {
        int least = Math.max(0, repeat.least() - 1);
        int most = repeat.endless() ? repeat.most() : repeat.most() - 1;
        if (repeat.endless() && repeat.least() == 0) {
            return repeat;
        }
        return counted.computeIfAbsent(
                new Repeated(new Identity(repeat.item()), least, most),
                key -> new Part.Repeat(repeat.item(), least, most));
    }

    /** The frames with a character, or the end, that some frames amount to. */
    private Set<Frame> expanded(List<Frame> from) {
        Set<Frame> reached = new LinkedHashSet<>();
        Set<Frame> seen = new LinkedHashSet<>(from);
        Deque<Frame> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            Frame frame = open.pop();
            if (frame.next == null || frame.part instanceof Part.Chars) {
                reached.add(frame);
                continue;
            }
            for (Frame follower : followers(frame.part, frame.next)) {
                if (seen.add(follower)) {
                    open.push(follower);
                }
            }
            if (seen.size() > MOST_WAYS) {
                throw new GrammarException(
                        GrammarError.TOO_LARGE,
                        "The grammar reads one text in more than " + MOST_WAYS
                                + " ways at once. Make it less ambiguous.");
            }
        }
        return reached;
    }

    private List<Frame> followers(Part part, Frame next) {
        return switch (part) {
            case Part.Chars chars -> throw new IllegalStateException("a character is not expanded");
            case Part.Text text -> List.of(frame(letters(text), next));
            case Part.Rule rule -> List.of(frame(rule(rule.name()), next));
            case Part.Choice choice ->
                choice.options().stream().map(o -> frame(o, next)).toList();
            case Part.Sequence sequence -> {
                Frame all = next;
                for (int i = sequence.items().size() - 1; i >= 0; i--) {
                    all = frame(sequence.items().get(i), all);
                }
                yield List.of(all);
            }
            case Part.Repeat repeat -> {
                List<Frame> followers = new ArrayList<>();
                if (repeat.least() == 0) {
                    followers.add(next);
                }
                if (repeat.most() != 0) {
                    followers.add(frame(repeat.item(), frame(lessOne(repeat), next)));
                }
                yield followers;
            }
        };
    }

    private Part letters(Part.Text text) {
        return parts.computeIfAbsent(
                text,
                t -> Part.sequence(text.text()
                        .codePoints()
                        .mapToObj(c -> (Part) new Part.Chars(CharSet.of(c, c)))
                        .toList()));
    }

    private State state(Set<Frame> reached, Utf8 begun) {
        if (reached.isEmpty()) {
            return dead;
        }
        if (states.size() > MOST_STATES) {
            states.clear();
        }
        boolean ends = reached.contains(end);
        List<Frame> ordered = reached.stream()
                .filter(f -> f != end)
                .sorted(Comparator.comparingInt(f -> f.id))
                .toList();
        return states.computeIfAbsent(
                new Shape(ordered.stream().map(f -> f.id).toList(), ends, begun),
                shape -> new State(ordered, ends, begun));
    }

    private State next(State state, int b) {
        Optional<Utf8> after = state.begun.after(b);
        if (after.isEmpty()) {
            return dead;
        }
        Utf8 code = after.get();
        if (!code.whole()) {
            Set<Frame> possible = new LinkedHashSet<>();
            for (Frame frame : state.frames) {
                if (((Part.Chars) frame.part).set().meets(code.least(), code.most())) {
                    possible.add(frame);
                }
            }
            return state(possible, code);
        }
        List<Frame> followers = new ArrayList<>();
        for (Frame frame : state.frames) {
            if (frame.next != null && ((Part.Chars) frame.part).set().contains(code.value())) {
                followers.add(frame.next);
            }
        }
        return state(expanded(followers), Utf8.NONE);
    }

    /** A place in a text. Belongs to its automaton and is as little thread-safe. */
    public final class State {
        private final List<Frame> frames;
        private final boolean end;
        private final Utf8 begun;
        private @Nullable State @Nullable [] successors;

        private State(List<Frame> frames, boolean end, Utf8 begun) {
            this.frames = frames;
            this.end = end;
            this.begun = begun;
        }

        /**
         * The place after another byte, from 0 to 255.
         *
         * @throws GrammarException if the grammar is ambiguous beyond bounds here
         */
        public State after(int b) {
            if (frames.isEmpty()) {
                return dead;
            }
            if (successors == null) {
                successors = new State[256];
            }
            State known = successors[b];
            if (known == null) {
                known = next(this, b);
                successors[b] = known;
            }
            return known;
        }

        /** Whether no text of the grammar goes on like this, nor ends here. */
        public boolean dead() {
            return frames.isEmpty() && !end;
        }

        /** Whether the text may end here. */
        public boolean mayEnd() {
            return end;
        }

        /** Whether the text has to end here. */
        public boolean mustEnd() {
            return end && frames.isEmpty();
        }
    }
}
