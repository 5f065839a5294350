package dev.quipu.rules;

import dev.quipu.rules.DrlBuild.Failure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * Finds the lines of rule files that the compiler complains about.
 *
 * <p>The compiler names a line of DRL only for syntax; for a condition it names none, and for a consequence it names a
 * line of the Java that it generated. So when it fails, each rule is compiled alone, which says whose failure it is, and
 * the line of that rule is taken that shares the most words with the complaint.
 */
final class FailureLocator {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");
    private static final Pattern CONSEQUENCE = Pattern.compile("caused by: \\(line (\\d+),col \\d+\\) (.*)");

    private final List<DrlFile> files;
    private final ClassLoader loader;

    FailureLocator(List<DrlFile> files, ClassLoader loader) {
        this.files = files;
        this.loader = loader;
    }

    /** At least one problem for a non-empty list of failures. */
    List<RuleProblem> locate(List<Failure> failures) {
        Set<RuleProblem> problems = new LinkedHashSet<>();
        for (Failure failure : build(Set.of())) {
            problems.add(outsideOfRules(failure));
        }
        if (problems.isEmpty()) {
            for (DrlFile file : files) {
                file.rules().forEach(rule -> addProblems(file, rule, problems));
            }
        }
        if (problems.isEmpty()) {
            failures.forEach(failure -> problems.add(outsideOfRules(failure)));
        }
        return new ArrayList<>(problems);
    }

    private void addProblems(DrlFile file, RuleDescr rule, Set<RuleProblem> problems) {
        for (Failure failure : build(Set.of(rule))) {
            problems.add(file.problem(lineIn(file, rule, failure), message(failure)));
        }
    }

    private List<Failure> build(Set<RuleDescr> kept) {
        List<RuleSource> sources = files.stream().map(file -> file.with(kept)).toList();
        return new DrlBuild(loader).run(files, sources).failures();
    }

    private static int lineIn(DrlFile file, RuleDescr rule, Failure failure) {
        Matcher consequence = CONSEQUENCE.matcher(failure.text());
        if (consequence.find()) {
            int line = rule.getConsequenceLine() + Integer.parseInt(consequence.group(1)) - 1;
            return Math.min(line, rule.getEndLine());
        }
        return closest(file, failure, rule.getLine(), rule.getEndLine());
    }

    /** A failure in a function, a declaration or an import. */
    private RuleProblem outsideOfRules(Failure failure) {
        RuleProblem best = files.getFirst().problem(0, message(failure));
        int most = 0;
        for (DrlFile file : files) {
            if (failure.file().isEmpty() || failure.file().equals(file.source().name())) {
                int last = (int) file.source().text().lines().count();
                int line = failure.line() > 0 ? failure.line() : closest(file, failure, 1, last);
                int shared = line > 0 ? 1 + shared(words(clue(failure)), line(file, line)) : 0;
                if (shared > most) {
                    most = shared;
                    best = file.problem(line, message(failure));
                }
            }
        }
        return best;
    }

    private static int closest(DrlFile file, Failure failure, int first, int last) {
        Set<String> clue = words(clue(failure));
        int best = first;
        int most = 0;
        for (int line = first; line <= last; line++) {
            int shared = shared(clue, line(file, line));
            if (shared > most) {
                most = shared;
                best = line;
            }
        }
        return best;
    }

    private static String clue(Failure failure) {
        return failure.java().isEmpty() ? failure.text() : failure.java();
    }

    private static int shared(Set<String> clue, String line) {
        return (int) words(line).stream().filter(clue::contains).count();
    }

    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    private static String line(DrlFile file, int line) {
        return file.source().text().lines().skip(line - 1L).findFirst().orElse("");
    }

    /** The first line says what is wrong; then follow the compiler's stack or the whole generated source. */
    private static String message(Failure failure) {
        String text = failure.text().lines().findFirst().orElse("The compiler gives no reason.");
        Matcher consequence = CONSEQUENCE.matcher(text);
        String plain = consequence.find() ? consequence.group(2) : text;
        int expected = plain.indexOf(", expected one of");
        return expected < 0 ? plain : plain.substring(0, expected);
    }
}
