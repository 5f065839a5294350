package dev.quipu.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Votes of drafts for each other.
 *
 * <p>Wrong drafts are wrong in different ways, right ones return the same. So on each input a draft gets the share of the
 * drafts that return what it returns, and the sum over all inputs is its score (execution-based minimum Bayes risk, Shi et
 * al. 2022; with checks of the model's own among the inputs it is close to CodeT, Chen et al. 2022). Exceptions get no
 * votes: an input may lie outside of what the function is for, and then drafts agree on nothing of worth.
 */
final class Agreement {
    private static final String EXCEPTION = "!";

    private Agreement() {}

    /**
     * @param results a row a draft, a column an input; an empty row for a draft that told nothing
     * @return for each draft its share of the votes, 0 to 1
     */
    static double[] votes(List<List<String>> results) {
        int inputs = results.stream().mapToInt(List::size).max().orElse(0);
        double[] votes = new double[results.size()];
        int counted = 0;
        for (int input = 0; input < inputs; input++) {
            Map<String, Integer> count = new HashMap<>();
            List<String> column = new ArrayList<>();
            for (List<String> row : results) {
                String result = row.isEmpty() ? EXCEPTION : row.get(input);
                column.add(result);
                if (!result.equals(EXCEPTION)) {
                    count.merge(result, 1, Integer::sum);
                }
            }
            if (!count.isEmpty()) {
                counted++;
                for (int draft = 0; draft < column.size(); draft++) {
                    votes[draft] += count.getOrDefault(column.get(draft), 0) / (double) results.size();
                }
            }
        }
        for (int draft = 0; draft < votes.length && counted > 0; draft++) {
            votes[draft] /= counted;
        }
        return votes;
    }
}
