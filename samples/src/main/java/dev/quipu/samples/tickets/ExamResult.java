package dev.quipu.samples.tickets;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which exercises of each task were right, in their order. */
record ExamResult(Map<Task, List<Boolean>> marks) {
    ExamResult {
        marks = Collections.unmodifiableMap(new EnumMap<>(marks));
    }

    int all(Task task) {
        return marks.getOrDefault(task, List.of()).size();
    }

    int right(Task task) {
        return Math.toIntExact(
                marks.getOrDefault(task, List.of()).stream().filter(m -> m).count());
    }

    /** The share of a task's exercises that were right. */
    double accuracy(Task task) {
        return (double) right(task) / Math.max(1, all(task));
    }

    /** The mean of the tasks' shares. */
    double accuracy() {
        return marks.keySet().stream().mapToDouble(this::accuracy).average().orElse(0);
    }

    /**
     * Where the true share of a task lies, 95 times of 100 (Wilson 1927, "Probable inference, the law of succession, and
     * statistical inference").
     */
    Interval interval(Task task) {
        double z = 1.959964;
        double n = Math.max(1, all(task));
        double p = accuracy(task);
        double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
    }

    /** From where to where. */
    record Interval(double low, double high) {}
}
