package dev.quipu.rules;

import dev.quipu.QuipuException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A rule file or a rule failed. Trying again does not help: somebody has to correct the rules. */
public final class RulesException extends QuipuException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 10;

    private final transient List<RuleProblem> problems;

    RulesException(RulesError error, String detail) {
        this(error, detail, null);
    }

    RulesException(RulesError error, String detail, @Nullable Throwable cause) {
        super(error, detail, cause);
        this.problems = List.of();
    }

    RulesException(RulesError error, List<RuleProblem> problems) {
        super(error, describe(error, problems));
        this.problems = problems.stream().sorted().toList();
    }

    /** Every problem that was found, by file and line; empty when the failure does not lie in a file. */
    public List<RuleProblem> problems() {
        return problems;
    }

    private static String describe(RulesError error, List<RuleProblem> problems) {
        String shown = problems.stream()
                .sorted()
                .limit(SHOWN)
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining());
        String more = problems.size() > SHOWN ? "\n  and " + (problems.size() - SHOWN) + " more" : "";
        return "%s (%d)%s%s".formatted(error.meaning(), problems.size(), shown, more);
    }
}
