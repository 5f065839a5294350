package dev.quipu.rules;

import java.util.Comparator;

/**
 * One thing that is wrong in a rule file.
 *
 * @param file the file, relative to the folder that was read, or the name under which its text was given
 * @param line its line, from 1; 0 when it concerns the file as a whole
 * @param message what is wrong
 */
public record RuleProblem(String file, int line, String message) implements Comparable<RuleProblem> {
    private static final Comparator<RuleProblem> ORDER = Comparator.comparing(RuleProblem::file)
            .thenComparingInt(RuleProblem::line)
            .thenComparing(RuleProblem::message);

    /** By file, then line. */
    @Override
    public int compareTo(RuleProblem other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line + " " + message : file + " " + message;
    }
}
