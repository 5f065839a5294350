package dev.quipu.llama;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A part of a grammar, as far as its size and its beginnings go. */
sealed interface GbnfShape {
    /** Elements that it has when repetitions are written out. */
    long size();

    /** Whether it can be no text at all, given the rules that can. */
    boolean mayBeEmpty(Set<String> empty);

    /** Adds the rules that it can begin with. */
    void beginnings(Set<String> empty, Set<String> into);

    /** Whether it repeats without end what may be empty. */
    boolean idles(Set<String> empty);

    record Text(long size) implements GbnfShape {
        @Override
        public boolean mayBeEmpty(Set<String> empty) {
            return size == 0;
        }

        @Override
        public void beginnings(Set<String> empty, Set<String> into) {
            // Characters begin with no rule.
        }

        @Override
        public boolean idles(Set<String> empty) {
            return false;
        }
    }

    record Rule(String name) implements GbnfShape {
        @Override
        public long size() {
            return 1;
        }

        @Override
        public boolean mayBeEmpty(Set<String> empty) {
            return empty.contains(name);
        }

        @Override
        public void beginnings(Set<String> empty, Set<String> into) {
            into.add(name);
        }

        @Override
        public boolean idles(Set<String> empty) {
            return false;
        }
    }

    record Sequence(List<GbnfShape> items, long size) implements GbnfShape {
        @Override
        public boolean mayBeEmpty(Set<String> empty) {
            return items.stream().allMatch(i -> i.mayBeEmpty(empty));
        }

        @Override
        public void beginnings(Set<String> empty, Set<String> into) {
            for (GbnfShape item : items) {
                item.beginnings(empty, into);
                if (!item.mayBeEmpty(empty)) {
                    return;
                }
            }
        }

        @Override
        public boolean idles(Set<String> empty) {
            return items.stream().anyMatch(i -> i.idles(empty));
        }
    }

    record Choice(List<GbnfShape> options, long size) implements GbnfShape {
        @Override
        public boolean mayBeEmpty(Set<String> empty) {
            return options.stream().anyMatch(o -> o.mayBeEmpty(empty));
        }

        @Override
        public void beginnings(Set<String> empty, Set<String> into) {
            options.forEach(o -> o.beginnings(empty, into));
        }

        @Override
        public boolean idles(Set<String> empty) {
            return options.stream().anyMatch(o -> o.idles(empty));
        }
    }

    record Repeat(GbnfShape item, boolean optional, boolean endless, long size) implements GbnfShape {
        @Override
        public boolean mayBeEmpty(Set<String> empty) {
            return optional || item.mayBeEmpty(empty);
        }

        @Override
        public void beginnings(Set<String> empty, Set<String> into) {
            item.beginnings(empty, into);
        }

        @Override
        public boolean idles(Set<String> empty) {
            return item.idles(empty) || (endless && item.mayBeEmpty(empty));
        }
    }

    /** A rule that llama.cpp would follow without end: it begins with itself, or repeats nothing for ever. */
    static Optional<String> endless(Map<String, GbnfShape> rules) {
        Set<String> empty = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, GbnfShape> rule : rules.entrySet()) {
                more |= rule.getValue().mayBeEmpty(empty) && empty.add(rule.getKey());
            }
        }
        // What is left when rules that begin with no rule are taken away again and again begins with itself, or with
        // such.
        Set<String> left = new HashSet<>(rules.keySet());
        more = true;
        while (more) {
            more = left.removeIf(name -> {
                Set<String> first = new HashSet<>();
                GbnfShape shape = rules.get(name);
                if (shape != null) {
                    shape.beginnings(empty, first);
                }
                first.retainAll(left);
                return first.isEmpty();
            });
        }
        return rules.entrySet().stream()
                .filter(rule -> left.contains(rule.getKey()) || rule.getValue().idles(empty))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
