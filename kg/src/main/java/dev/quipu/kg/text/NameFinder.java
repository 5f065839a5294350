package dev.quipu.kg.text;

import java.util.List;

/** Finds names in a sentence: what a text may be about besides what its corpus already has a title for. Thread-safe. */
public interface NameFinder {
    /** The names of a sentence, as they stand in it; a name may come more than once. */
    List<String> names(String sentence);

    /** Capitalised names for scripts that have capitals, and a segmenter's proper and compound nouns for Chinese. */
    static NameFinder standard() {
        NameFinder capitals = new CapitalisedNames();
        NameFinder han = new HanNames();
        return sentence -> sentence.codePoints().anyMatch(Character::isIdeographic)
                ? han.names(sentence)
                : capitals.names(sentence);
    }
}
