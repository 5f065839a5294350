package dev.quipu.llama.template;

/**
 * Bounds on what a template may cost. They are far above what templates of real models need for conversations that fit
 * a context, and low enough that a hostile template fails within seconds and some hundred megabytes.
 *
 * @param sourceCharacters length of a template
 * @param nesting depth of blocks and parentheses in the source
 * @param evaluation depth of nested evaluations at run time, macro calls included
 * @param valueNesting depth of lists and dictionaries in a value that is printed or compared
 * @param steps evaluated nodes, loop rounds and touched elements in all
 * @param textCharacters length of one text, the prompt included
 * @param totalCharacters characters of all texts that are made on the way
 */
record Limits(
        int sourceCharacters,
        int nesting,
        int evaluation,
        int valueNesting,
        long steps,
        int textCharacters,
        long totalCharacters) {
    static final Limits STANDARD = new Limits(200_000, 100, 400, 100, 10_000_000, 4_000_000, 128_000_000);
}
