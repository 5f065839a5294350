package dev.quipu.server;

import dev.quipu.Language;
import dev.quipu.server.eval.AnsweredSet;
import dev.quipu.server.eval.ScoreTable;
import dev.quipu.training.metrics.Bleu;
import dev.quipu.training.metrics.BleuTokens;
import dev.quipu.training.metrics.Chrf;
import dev.quipu.training.metrics.Metric;
import dev.quipu.training.metrics.Rouge;
import dev.quipu.training.metrics.RougeTokens;
import dev.quipu.training.metrics.Squad;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How close answers are to those that were wanted. */
@Command(
        name = "text",
        mixinStandardHelpOptions = true,
        description = {
            "Scores answers against references: BLEU, chrF, chrF++, ROUGE-1/2/L, exact match, F1,",
            "with intervals, and against another run."
        })
final class EvalTextCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final EvalAnswers answers = new EvalAnswers();

    @Option(
            names = "--lang",
            paramLabel = "en|zh",
            description = "How texts are cut (default: by what most references look like).")
    private Optional<String> language = Optional.empty();

    @Option(names = "--stem", description = "ROUGE without the endings of English words.")
    private boolean stem;

    @Override
    public Integer call() {
        AnsweredSet run = answers.run();
        boolean chinese = language.map(Language::ofTag).orElseGet(() -> most(run)) == Language.CHINESE;
        RougeTokens rouge = chinese ? RougeTokens.CHINESE : stem ? RougeTokens.STEMS : RougeTokens.WORDS;
        List<Metric> metrics = List.of(
                Bleu.corpus(chinese ? BleuTokens.ZH : BleuTokens.V13A),
                Chrf.CHARACTERS,
                Chrf.PLUS_PLUS,
                new Rouge(Rouge.Kind.ROUGE1, rouge),
                new Rouge(Rouge.Kind.ROUGE2, rouge),
                new Rouge(Rouge.Kind.ROUGEL, rouge),
                Squad.EXACT,
                Squad.F1);
        ScoreTable table = ScoreTable.of(metrics, run, answers.baseline(run), answers.resampling());
        spec.commandLine()
                .getOut()
                .print(answers.json() ? table.json("eval.text") + System.lineSeparator() : table.text());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static Language most(AnsweredSet run) {
        long chinese = run.references().stream()
                .filter(r -> Language.detect(r.getFirst()) == Language.CHINESE)
                .count();
        return 2 * chinese > run.references().size() ? Language.CHINESE : Language.ENGLISH;
    }
}
