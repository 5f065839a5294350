package dev.quipu.training.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * How often each class was said for each that was right.
 *
 * @param labels that were said or right, sorted
 * @param counts by what was right, then by what was said
 */
public record Confusion(List<String> labels, List<List<Integer>> counts) {
    public Confusion {
        labels = List.copyOf(labels);
        counts = counts.stream().map(List::copyOf).toList();
    }

    public static Confusion of(List<String> said, List<String> right) {
        MetricException.require(
                said.size() == right.size() && !said.isEmpty(),
                "There are " + said.size() + " answers, but " + right.size() + " classes");
        TreeSet<String> names = new TreeSet<>(said);
        names.addAll(right);
        List<String> labels = List.copyOf(names);
        int[][] counts = new int[labels.size()][labels.size()];
        for (int i = 0; i < said.size(); i++) {
            counts[labels.indexOf(right.get(i))][labels.indexOf(said.get(i))]++;
        }
        List<List<Integer>> rows = new ArrayList<>();
        for (int[] row : counts) {
            rows.add(java.util.Arrays.stream(row).boxed().toList());
        }
        return new Confusion(labels, rows);
    }

    private int count(int right, int said) {
        return counts.get(right).get(said);
    }

    /** Times that a class was right. */
    public int support(int label) {
        return counts.get(label).stream().mapToInt(n -> n).sum();
    }

    /** Times that a class was said. */
    public int said(int label) {
        return counts.stream().mapToInt(row -> row.get(label)).sum();
    }

    /** How many of those that were said were right; 0 where none was. */
    public double precision(int label) {
        return said(label) == 0 ? 0 : (double) count(label, label) / said(label);
    }

    /** How many of those that were right were said; 0 where none was. */
    public double recall(int label) {
        return support(label) == 0 ? 0 : (double) count(label, label) / support(label);
    }

    public double f1(int label) {
        int all = said(label) + support(label);
        return all == 0 ? 0 : 2.0 * count(label, label) / all;
    }

    /** Share of answers that are right. */
    public double accuracy() {
        int right = 0;
        int all = 0;
        for (int i = 0; i < labels.size(); i++) {
            right += count(i, i);
            all += support(i);
        }
        return (double) right / all;
    }

    /** The mean of the classes' F1, in which a rare class counts as much as a frequent one. */
    public double macroF1() {
        double sum = 0;
        for (int i = 0; i < labels.size(); i++) {
            sum += f1(i);
        }
        return sum / labels.size();
    }

    /** A line a class with its precision, recall, F1, and what was said for it. */
    public String table() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT, "%-24s %9s %9s %9s %6s  said%n", "class", "precision", "recall", "F1", "of"));
        for (int i = 0; i < labels.size(); i++) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-24s %9.3f %9.3f %9.3f %6d  %s%n",
                    labels.get(i),
                    precision(i),
                    recall(i),
                    f1(i),
                    support(i),
                    answers(i)));
        }
        return table.toString();
    }

    private String answers(int right) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            if (count(right, i) > 0) {
                answers.add(labels.get(i) + " " + count(right, i));
            }
        }
        return String.join(", ", answers);
    }
}
