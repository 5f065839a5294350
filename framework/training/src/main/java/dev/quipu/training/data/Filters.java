package dev.quipu.training.data;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The filters that come with Quipu. */
public final class Filters {
    private static final int MOST_CHARACTERS = 100_000;

    private Filters() {}

    /**
     * All of them, cheap ones first. Rules for documents of the web are for {@link Content.Document} alone: a good answer
     * may have ten words.
     */
    public static List<RowFilter> standard() {
        return List.of(
                new LengthFilter(2, MOST_CHARACTERS),
                new TextFilter("code", false, CodeFragments::find),
                new TextFilter("advertising", false, Advertising::find),
                new TextFilter("repetition", false, Repetition::find),
                new TextFilter("quality", true, DocumentQuality::find),
                new TextFilter("lines", true, LineQuality::find));
    }

    /**
     * The standard ones without some.
     *
     * @throws DataException if one of the names is none of a filter
     */
    public static List<RowFilter> without(Set<String> names) {
        Set<String> known = standard().stream().map(RowFilter::name).collect(Collectors.toSet());
        DataException.require(
                known.containsAll(names), "of the filters " + names + " not all are known, which are " + known);
        return standard().stream().filter(f -> !names.contains(f.name())).toList();
    }

    /** Rows in some languages only; where it does not show, a row stays. */
    public static RowFilter languages(Set<String> tags) {
        return new TextFilter("language", false, reading -> {
            String found = reading.language();
            return found.equals(Tongue.UNKNOWN) || tags.contains(found)
                    ? Optional.empty()
                    : Optional.of(new Finding("another language", "looks like " + found));
        });
    }
}
