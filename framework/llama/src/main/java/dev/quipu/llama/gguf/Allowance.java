package dev.quipu.llama.gguf;

/** What of a header may be kept in memory, whatever the header says. */
final class Allowance {
    static final int KEYS = 1 << 16;
    static final int TENSORS = 1 << 16;
    static final int KEY_BYTES = 1 << 10;
    static final int TEXT_BYTES = 1 << 20;
    static final int SHORT_ARRAY = 1 << 10;
    static final int NESTING = 4;
    static final long HEADER_BYTES = 1L << 28;
    static final int TOKENS = 1 << 20;
    static final int TOKEN_BYTES = 1 << 24;

    private static final long KEPT_BYTES = 1L << 25;

    private long left = KEPT_BYTES;

    /** @throws GgufException if the header would keep more than it may */
    void take(HeaderReader in, long bytes) {
        left -= bytes;
        if (left < 0) {
            throw in.tooLarge("the header would keep more than " + KEPT_BYTES + " bytes in memory");
        }
    }
}
