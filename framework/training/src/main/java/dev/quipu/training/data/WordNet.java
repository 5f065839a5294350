package dev.quipu.training.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * Reads synonyms out of WordNet (G. A. Miller, WordNet: A Lexical Database for English, 1995).
 *
 * <p>A word of several meanings would have its question changed by a synonym of the wrong one, so only words of one meaning
 * are exchanged, and only for words that have this meaning first. Names, numbers and phrases are left out.
 */
final class WordNet {
    private static final Pattern PLAIN = Pattern.compile("[a-z]{3,}");

    private final Dictionary dictionary;
    /** By word, its only meaning; empty where it has several. */
    private final Map<String, Optional<Synset>> meanings = new HashMap<>();
    /** By word and part of speech, its first meaning. */
    private final Map<String, Synset> first = new HashMap<>();

    private WordNet(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    static Map<String, List<String>> groups() {
        try {
            WordNet net = new WordNet(Dictionary.getDefaultResourceInstance());
            try {
                return net.read();
            } finally {
                net.dictionary.close();
            }
        } catch (JWNLException e) {
            throw new DataException(DataError.READ, "WordNet cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private Map<String, List<String>> read() throws JWNLException {
        for (POS pos : POS.getAllPOS()) {
            for (Iterator<IndexWord> words = dictionary.getIndexWordIterator(pos); words.hasNext(); ) {
                take(words.next());
            }
        }
        Map<String, List<String>> groups = new HashMap<>();
        meanings.forEach((word, meaning) -> {
            List<String> others = meaning.map(m -> others(word, m)).orElse(List.of());
            if (!others.isEmpty()) {
                groups.put(word, others);
            }
        });
        return groups;
    }

    private void take(IndexWord word) {
        String lemma = word.getLemma();
        // A copy: their list loads itself when it is walked over, but not by every way to its elements.
        List<Synset> senses = List.copyOf(word.getSenses());
        if (senses.isEmpty() || !PLAIN.matcher(lemma).matches()) {
            return;
        }
        first.put(key(lemma, word.getPOS()), senses.getFirst());
        boolean known = meanings.containsKey(lemma);
        meanings.put(lemma, known || senses.size() > 1 ? Optional.empty() : Optional.of(senses.getFirst()));
    }

    private List<String> others(String word, Synset meaning) {
        List<String> others = new ArrayList<>();
        for (Word other : meaning.getWords()) {
            String lemma = other.getLemma();
            if (!lemma.equals(word) && meaning.equals(first.get(key(lemma, meaning.getPOS())))) {
                others.add(lemma);
            }
        }
        return List.copyOf(others);
    }

    private static String key(String lemma, POS pos) {
        return pos.getLabel() + " " + lemma;
    }
}
