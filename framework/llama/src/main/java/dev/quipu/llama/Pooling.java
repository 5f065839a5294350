package dev.quipu.llama;

/** How the vectors of a text's tokens become one. */
public enum Pooling {
    /** As the model's file says; one that says nothing is an error. */
    MODEL(-1),
    /** Their mean. */
    MEAN(1),
    /** The first token's, which BERT-like models begin every text with. */
    CLS(2),
    /** The last token's, for models that read from left to right. */
    LAST(3),
    /** What a reranker's classification head makes of the first token's: scores, not a vector of the text. */
    RANK(4);

    private final int number;

    Pooling(int number) {
        this.number = number;
    }

    /** Its number in llama.h. */
    public int number() {
        return number;
    }
}
