package dev.quipu.codegen;

import java.util.List;

/** Writes the tests that examples make. */
final class TestSource {
    private static final String HEAD = """
            import math
            import unittest
            import solution


            def same(got, expected):
                if isinstance(expected, float) or isinstance(got, float):
                    try:
                        return got == expected or math.isclose(got, expected, rel_tol=1e-6, abs_tol=1e-6)
                    except TypeError:
                        return False
                if isinstance(expected, (list, tuple)) and type(got) is type(expected) and len(got) == len(expected):
                    return all(same(a, b) for a, b in zip(got, expected))
                return got == expected


            class Examples(unittest.TestCase):
                def returns(self, call, got, expected):
                    if not same(got, expected):
                        shown = repr(got)
                        self.fail(f"{call} returned {shown[:400]} but should return {expected!r}")
            """;

    private TestSource() {}

    /** A module of unittest with a test for each example, numbered from 1. */
    static String of(List<Example> examples, String entryPoint) {
        StringBuilder source = new StringBuilder(HEAD);
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            String call = example.call(entryPoint);
            source.append("\n    def ").append(name(i + 1)).append("(self):\n");
            if (example.raises().isEmpty()) {
                source.append("        self.returns(")
                        .append(literal(call))
                        .append(", solution.")
                        .append(call)
                        .append(", ")
                        .append(example.expected())
                        .append(")\n");
            } else {
                source.append("        with self.assertRaises(")
                        .append(example.raises())
                        .append("):\n            solution.")
                        .append(call)
                        .append('\n');
            }
        }
        return source.toString();
    }

    static String name(int number) {
        return String.format(java.util.Locale.ROOT, "test_%02d", number);
    }

    /** A text as a literal of Python; JSON's strings are such ones. */
    static String literal(String text) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }
}
