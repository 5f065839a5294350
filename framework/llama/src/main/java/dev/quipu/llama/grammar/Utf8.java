package dev.quipu.llama.grammar;

import java.util.Optional;

/**
 * The beginning of a character in UTF-8.
 *
 * @param value the bits so far
 * @param missing bytes that have to follow
 * @param floor the least code point that may be written in so many bytes
 */
record Utf8(int value, int missing, int floor) {
    static final Utf8 NONE = new Utf8(0, 0, 0);

    /** With another byte; nothing where that is not valid. A whole character stands until the next byte begins one. */
    Optional<Utf8> after(int b) {
        if (missing > 0) {
            Utf8 longer = new Utf8((value << 6) | (b & 0x3f), missing - 1, floor);
            return (b & 0xc0) == 0x80 && longer.least() <= longer.most() ? Optional.of(longer) : Optional.empty();
        }
        if (b < 0x80) {
            return Optional.of(new Utf8(b, 0, 0));
        }
        if (b >= 0xc2 && b < 0xe0) {
            return Optional.of(new Utf8(b & 0x1f, 1, 0x80));
        }
        if (b >= 0xe0 && b < 0xf0) {
            return Optional.of(new Utf8(b & 0x0f, 2, 0x800));
        }
        return b >= 0xf0 && b < 0xf5 ? Optional.of(new Utf8(b & 0x07, 3, 0x10000)) : Optional.empty();
    }

    boolean whole() {
        return missing == 0;
    }

    /** The least code point that it can become. */
    int least() {
        return Math.max(floor, value << (6 * missing));
    }

    /** The greatest code point that it can become. */
    int most() {
        return Math.min(Character.MAX_CODE_POINT, (value << (6 * missing)) | ((1 << (6 * missing)) - 1));
    }
}
