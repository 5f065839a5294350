package dev.quipu.server;

import dev.quipu.server.eval.AnsweredSet;
import dev.quipu.server.eval.ScoreTable;
import dev.quipu.training.metrics.ClassMetric;
import dev.quipu.training.metrics.Confusion;
import dev.quipu.training.metrics.Metric;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How often the right class was said. */
@Command(
        name = "class",
        mixinStandardHelpOptions = true,
        description = {
            "Scores answers that are classes: accuracy, macro-F1, which class was taken for which,",
            "with intervals, and against another run."
        })
final class EvalClassCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final EvalAnswers answers = new EvalAnswers();

    @Override
    public Integer call() {
        AnsweredSet run = stripped(answers.run());
        Optional<AnsweredSet> baseline = answers.baseline(run).map(EvalClassCommand::stripped);
        Confusion confusion = Confusion.of(run.said(), right(run));
        TreeSet<String> labels = new TreeSet<>(confusion.labels());
        baseline.ifPresent(other -> {
            labels.addAll(other.said());
            labels.addAll(right(other));
        });
        List<Metric> metrics =
                List.of(ClassMetric.accuracy(List.copyOf(labels)), ClassMetric.macroF1(List.copyOf(labels)));
        ScoreTable table = ScoreTable.of(metrics, run, baseline, answers.resampling());
        if (answers.json()) {
            var json = table.json("eval.class");
            json.set("confusion", Json.tree(confusion));
            spec.commandLine().getOut().println(json);
        } else {
            spec.commandLine().getOut().print(table.text() + confusion.table());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private static AnsweredSet stripped(AnsweredSet set) {
        return new AnsweredSet(
                set.ids(),
                set.said().stream().map(String::strip).toList(),
                set.references().stream()
                        .map(r -> List.of(r.getFirst().strip()))
                        .toList());
    }

    private static List<String> right(AnsweredSet set) {
        return set.references().stream().map(List::getFirst).toList();
    }
}
