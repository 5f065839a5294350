package dev.quipu.llama.template;

import java.util.ArrayList;
import java.util.List;

/** Takes strings apart and replaces parts of them. */
final class Splitting {
    private static final String LINE_ENDS = "\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";

    private Splitting() {}

    static Value bySeparator(Execution run, String text, String separator, int limit, boolean fromEnd) {
        if (separator.isEmpty()) {
            throw run.failure(TemplateError.WRONG_TYPE, "A string is split at an empty separator");
        }
        List<Value> parts = new ArrayList<>();
        int start = 0;
        for (int cut :
                fromEnd ? lastOccurrences(run, text, separator, limit) : occurrences(run, text, separator, limit)) {
            parts.add(run.made(text.substring(start, cut)));
            start = cut + separator.length();
        }
        parts.add(run.made(text.substring(start)));
        return Value.Sequence.list(parts);
    }

    /** Where a part occurs when the search runs from the end. */
    private static List<Integer> lastOccurrences(Execution run, String text, String part, int limit) {
        String backwards = new StringBuilder(text).reverse().toString();
        String wanted = new StringBuilder(part).reverse().toString();
        return occurrences(run, backwards, wanted, limit).reversed().stream()
                .map(at -> text.length() - at - part.length())
                .toList();
    }

    /** Where a part occurs without overlap, at most {@code limit} times. */
    private static List<Integer> occurrences(Execution run, String text, String part, int limit) {
        List<Integer> found = new ArrayList<>();
        TextSearch search = new TextSearch(run, part);
        int at = limit > 0 ? search.next(text, 0) : -1;
        while (at >= 0) {
            found.add(at);
            at = found.size() < limit ? search.next(text, at + part.length()) : -1;
        }
        return found;
    }

    /** Splits at runs of white space and drops empty parts; what the limit leaves over stays as it is. */
    static Value bySpace(Execution run, String text, int limit, boolean fromEnd) {
        List<int[]> words = words(text);
        int cuts = Math.min(limit, words.size());
        int first = fromEnd ? words.size() - cuts : 0;
        List<Value> parts = new ArrayList<>();
        for (int[] word : words.subList(first, first + cuts)) {
            parts.add(part(run, text, word));
        }
        if (cuts < words.size() && fromEnd) {
            parts.addFirst(run.made(text.substring(0, words.get(first - 1)[1])));
        } else if (cuts < words.size()) {
            parts.add(run.made(text.substring(words.get(cuts)[0])));
        }
        return Value.Sequence.list(parts);
    }

    private static Value part(Execution run, String text, int[] word) {
        return run.made(text.substring(word[0], word[1]));
    }

    private static List<int[]> words(String text) {
        List<int[]> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean space = i == text.length() || PythonText.isSpace(text.charAt(i));
            if (space && start >= 0) {
                words.add(new int[] {start, i});
                start = -1;
            } else if (!space && start < 0) {
                start = i;
            }
        }
        return words;
    }

    static Value.Sequence lines(Execution run, String text) {
        List<Value> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && LINE_ENDS.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            lines.add(run.made(text.substring(start, end)));
            start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
        }
        return Value.Sequence.list(lines);
    }

    static Value partition(Execution run, String text, String separator, boolean last) {
        if (separator.isEmpty()) {
            throw run.failure(TemplateError.WRONG_TYPE, "A string is split at an empty separator");
        }
        int found = find(run, text, separator, last);
        if (found < 0) {
            Value all = Value.of(text);
            Value none = Value.of("");
            return last ? Value.Sequence.tuple(none, none, all) : Value.Sequence.tuple(all, none, none);
        }
        return Value.Sequence.tuple(
                run.made(text.substring(0, found)),
                Value.of(separator),
                run.made(text.substring(found + separator.length())));
    }

    static int find(Execution run, String text, String part, boolean last) {
        TextSearch search = new TextSearch(run, part);
        int found = search.next(text, 0);
        if (!last || found < 0) {
            return found;
        }
        for (int next = found; next >= 0; next = next < text.length() ? search.next(text, next + 1) : -1) {
            found = next;
        }
        return found;
    }

    /** Replaces the first {@code count} occurrences, all when it is negative. */
    static Value replace(Execution run, String text, String old, String replacement, int count) {
        int limit = count < 0 ? Integer.MAX_VALUE : count;
        if (old.isEmpty()) {
            return between(run, text, replacement, limit);
        }
        Output output = new Output(run);
        int start = 0;
        for (int at : occurrences(run, text, old, limit)) {
            output.append(text.substring(start, at)).append(replacement);
            start = at + old.length();
        }
        return Value.of(output.append(text.substring(start)).toString());
    }

    /** Python's replacement of the empty string: before every character and at the end. */
    private static Value between(Execution run, String text, String replacement, int limit) {
        Output output = new Output(run);
        int inserted = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (inserted++ < limit) {
                output.append(replacement);
            }
            run.steps(1);
            output.append(Character.toString(text.codePointAt(at)));
        }
        return Value.of(output.append(inserted < limit ? replacement : "").toString());
    }
}
