package dev.quipu.training.data;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the lines of a document are sentences: menus and lists of links are not (Penedo et al., FineWeb, 2024; from it the
 * shares of lines), and a page of filler text or of a script is none either (Raffel et al., C4, 2020). Documents of one or
 * two lines, which have no such shares, pass.
 */
final class LineQuality {
    private static final double ENDED = 0.12;
    private static final double SHORT = 0.67;
    private static final int SHORT_CHARACTERS = 30;
    private static final int SHORT_CHINESE = 15;
    private static final double REPEATED = 0.01;
    private static final double BREAKS = 0.3;
    private static final int FEW = 3;
    private static final String ENDS = ".!?\"'”’。！？」』…;；";
    private static final String REASON = "no running text";

    private LineQuality() {}

    static Optional<Finding> find(Reading reading) {
        if (reading.text().toLowerCase(Locale.ROOT).contains("lorem ipsum")) {
            return Optional.of(new Finding(REASON, "filler text"));
        }
        List<String> lines = reading.lines();
        if (lines.size() < FEW) {
            return Optional.empty();
        }
        int limit = reading.spaced() ? SHORT_CHARACTERS : SHORT_CHINESE;
        return below("lines that end a sentence", share(lines, LineQuality::isEnded), ENDED)
                .or(() -> above("short lines", share(lines, line -> line.length() <= limit), SHORT))
                .or(() -> above("repeated characters", repeated(lines), REPEATED))
                .or(() -> above(
                        "line breaks a word",
                        (double) lines.size() / reading.words().size(),
                        BREAKS));
    }

    private static boolean isEnded(String line) {
        return ENDS.indexOf(line.charAt(line.length() - 1)) >= 0;
    }

    private static double share(List<String> lines, java.util.function.Predicate<String> mark) {
        return (double) lines.stream().filter(mark).count() / lines.size();
    }

    private static double repeated(List<String> lines) {
        Set<String> seen = new HashSet<>();
        double again = 0;
        double all = 0;
        for (String line : lines) {
            all += line.length();
            again += seen.add(line) ? 0 : line.length();
        }
        return again / all;
    }

    private static Optional<Finding> below(String what, double share, double limit) {
        return share < limit ? Optional.of(Finding.share(REASON, what, share, limit)) : Optional.empty();
    }

    private static Optional<Finding> above(String what, double share, double limit) {
        return share > limit ? Optional.of(Finding.share(REASON, what, share, limit)) : Optional.empty();
    }
}
