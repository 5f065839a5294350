package dev.quipu.kg.text;

/** Why a form of a name was taken for an entity. */
public enum MergeRule {
    /** It is written otherwise: accents, width, punctuation, an article. Letter case alone is no difference. */
    SPELLING,
    /** A name's first or last word, behind a sentence that has the whole name. */
    SHORT_FORM,
    /** A title without what it has in brackets. */
    WITHOUT_BRACKETS,
    /** A title up to its comma. */
    BEFORE_COMMA,
    /** A document's alias of its title. */
    ALIAS,
    /** The letters in brackets behind a title. */
    LETTERS
}
