package dev.quipu.kg.question;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of a question that say what it is about, held against texts. */
record AskedWords(Set<String> words) {
    /** Letters that a word and a longer form of it have in common at least. */
    private static final int STEM = 4;

    /** Characters that make questions and sentences but name nothing. */
    private static final Set<Integer> EMPTY = "的了是在和有吗呢与及也都就而这那它他她们我你您着被把谁哪什么多少几之为以如何怎样请问能可会要想到后吧啊呀"
            .codePoints()
            .boxed()
            .collect(Collectors.toUnmodifiableSet());

    static AskedWords of(String question) {
        return new AskedWords(Words.of(question).stream()
                .filter(w -> !Words.STOP.contains(w) && w.codePoints().noneMatch(EMPTY::contains))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** All words of a name, whatever they say. */
    static AskedWords all(String name) {
        return new AskedWords(Set.copyOf(Words.of(name)));
    }

    /** The share of them that a text holds, in whatever form; 0 for a question that says nothing. */
    double share(String text) {
        List<String> there = Words.of(text);
        long held = words.stream()
                .filter(w -> there.stream().anyMatch(t -> alike(w, t)))
                .count();
        return words.isEmpty() ? 0 : held / (double) words.size();
    }

    private static boolean alike(String a, String b) {
        return a.equals(b) || (Math.min(a.length(), b.length()) >= STEM && (a.startsWith(b) || b.startsWith(a)));
    }
}
