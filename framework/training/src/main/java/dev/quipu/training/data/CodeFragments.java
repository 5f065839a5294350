package dev.quipu.training.data;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts that are mostly code, markup or the output of a machine, by the share of their lines that look like it. */
final class CodeFragments {
    private static final double LIMIT = 0.4;
    private static final int LEAST_LINES = 2;
    private static final double SYMBOLS = 0.25;

    private static final Pattern LINE = Pattern.compile(
            "[{}\\[\\]();]+,?|.*[;{}]|</?[a-zA-Z!][^>]*>.*|(?:\"[^\"]+\"|'[^']+'|\\w+)\\s*:\\s*[\\[{\"\\d].*,?"
                    + "|(?:import|from|package|using|#include|#define|def|class|public|private|protected|static|function|var"
                    + "|let|const|return|if|for|while|else|elif|try|catch|except)\\b.*[:;(){}=<>]\\s*"
                    + "|(?:import|from|#include|package)\\s+[\\w.<>\"]+(?:\\s+import\\s+.*)?;?"
                    + "|\\s*at [\\w.$]+\\(.*\\)|(?:SELECT|INSERT|UPDATE|CREATE|DELETE|ALTER)\\s.*"
                    + "|\\$ .*|>>> .*|[\\w.\\[\\]]+\\s*[-+*/|&]?=\\s*\\S.*|//.*|/\\*.*|\\*/");

    private CodeFragments() {}

    static Optional<Finding> find(Reading reading) {
        List<String> lines = reading.lines();
        double share = (double) lines.stream().filter(CodeFragments::isCode).count() / Math.max(1, lines.size());
        if (lines.size() >= LEAST_LINES && share > LIMIT) {
            return Optional.of(Finding.share("code", "lines of code", share, LIMIT));
        }
        long visible = reading.text().chars().filter(c -> c > ' ').count();
        long symbols = reading.text()
                .chars()
                .filter(c -> "{}[]()<>=;$#@&|\\/_*^~`+".indexOf(c) >= 0)
                .count();
        double dense = visible == 0 ? 0 : (double) symbols / visible;
        return visible >= 40 && dense > SYMBOLS
                ? Optional.of(Finding.share("code", "symbols", dense, SYMBOLS))
                : Optional.empty();
    }

    private static boolean isCode(String line) {
        // What a mask leaves is no markup.
        return !line.startsWith("<PHONE>")
                && !line.startsWith("<EMAIL>")
                && LINE.matcher(line).matches();
    }
}
