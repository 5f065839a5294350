package dev.quipu.kg.text;

import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.common.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names in Chinese by HanLP: persons, places, organisations, products, foreign words, and runs of nouns. */
final class HanNames implements NameFinder {
    private static final Set<String> PARTS = Set.of("n", "vn", "nz", "b", "nx");

    /** Its dictionaries take a second to load, so they are loaded at the first Chinese sentence. */
    private static final class Dictionaries {
        static final Segment SEGMENT =
                HanLP.newSegment().enableNameRecognize(true).enablePlaceRecognize(true);

        private Dictionaries() {}
    }

    @Override
    public List<String> names(String sentence) {
        List<String> names = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        for (Term term : Dictionaries.SEGMENT.seg(sentence)) {
            String nature = nature(term);
            boolean proper = nature.length() > 1 && nature.startsWith("n") && !nature.equals("nx");
            if (proper && term.word.length() > 1) {
                names.add(term.word);
            }
            if (PARTS.contains(nature) || proper) {
                run.append(term.word);
            } else {
                flush(run, names);
            }
        }
        flush(run, names);
        return names;
    }

    private static String nature(Term term) {
        @Nullable Object nature = term.nature;
        return nature == null ? "" : nature.toString();
    }

    private static void flush(StringBuilder run, List<String> names) {
        if (run.length() > 1 && !names.contains(run.toString())) {
            names.add(run.toString());
        }
        run.setLength(0);
    }
}
