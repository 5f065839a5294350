package dev.quipu.samples.tickets;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.llama.quality.TextScore;
import java.time.Duration;
import java.util.Locale;

/**
 * What a run came to.
 *
 * @param version of the adapter under its name
 * @param split that the examination is of
 * @param before the model as it was
 * @param helped the same with a few exercises and their answers in its prompt, and answers held to their form
 * @param after with the adapter
 * @param text how well it predicts a general text, against how well it did
 */
record TicketReport(
        String model,
        String name,
        int version,
        Split split,
        int examples,
        int steps,
        ExamResult before,
        ExamResult helped,
        ExamResult after,
        TextScore text,
        Duration took) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Points of accuracy that the adapter gains over the model as it was. */
    double gain() {
        return 100 * (after.accuracy() - before.accuracy());
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "# Adapter `%s`, version %d, of %s%n%n"
                        + "%d examples, %d steps. Examined on the %s split; intervals hold 95 times of 100.%n%n"
                        + "| Right answers | before | with examples and form | with the adapter | interval |%n"
                        + "|---|---|---|---|---|%n",
                name,
                version,
                model,
                examples,
                steps,
                split.key()));
        for (Task task : Task.values()) {
            ExamResult.Interval interval = after.interval(task);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.0f to %.0f %% |%n",
                    task.key(),
                    share(before, task),
                    share(helped, task),
                    share(after, task),
                    100 * interval.low(),
                    100 * interval.high()));
        }
        text.append(String.format(
                Locale.ROOT,
                "| mean | %.1f %% | %.1f %% | %.1f %% | %+.1f points |%n%n"
                        + "Perplexity of a general text (%d tokens): %.3f before, %.3f with the adapter, %+.2f %%.%n",
                100 * before.accuracy(),
                100 * helped.accuracy(),
                100 * after.accuracy(),
                gain(),
                this.text.tokens(),
                this.text.reference(),
                this.text.perplexity(),
                100 * this.text.perplexityChange()));
        return text.toString();
    }

    private static String share(ExamResult result, Task task) {
        return String.format(
                Locale.ROOT, "%.1f %% (%d of %d)", 100 * result.accuracy(task), result.right(task), result.all(task));
    }

    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode()
                .put("model", model)
                .put("adapter", name)
                .put("version", version)
                .put("split", split.key())
                .put("examples", examples)
                .put("steps", steps)
                .put("gainPoints", gain())
                .put("perplexityBefore", text.reference())
                .put("perplexity", text.perplexity())
                .put("perplexityChange", text.perplexityChange())
                .put("seconds", took.toSeconds());
        ObjectNode accuracy = json.putObject("accuracy");
        shares(accuracy.putObject("before"), before);
        shares(accuracy.putObject("helped"), helped);
        shares(accuracy.putObject("after"), after);
        return json;
    }

    private static void shares(ObjectNode json, ExamResult result) {
        for (Task task : Task.values()) {
            json.put(task.key(), result.accuracy(task));
        }
        json.put("mean", result.accuracy());
    }
}
