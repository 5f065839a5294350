package dev.quipu.llama.grammar;

/** What a backslash and a character mean in a regular expression. */
final class RegexEscapes {
    private static final CharSet DIGITS = CharSet.of('0', '9');
    private static final CharSet WORD =
            DIGITS.or(CharSet.of('a', 'z')).or(CharSet.of('A', 'Z')).or(CharSet.of("_"));
    private static final CharSet SPACE = CharSet.of("\t\n\u000b\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff")
            .or(CharSet.of(0x2000, 0x200a));

    private RegexEscapes() {}

    static CharSet outside(Regex regex, int c) {
        if (c == 'b' || c == 'B') {
            throw regex.unsupported("a word boundary");
        }
        if ((c >= '1' && c <= '9') || c == 'k') {
            throw regex.unsupported("what another group matched");
        }
        return inside(regex, c);
    }

    static CharSet inside(Regex regex, int c) {
        return switch (c) {
            case 'd' -> DIGITS;
            case 'D' -> DIGITS.not();
            case 'w' -> WORD;
            case 'W' -> WORD.not();
            case 's' -> SPACE;
            case 'S' -> SPACE.not();
            case 't' -> CharSet.of("\t");
            case 'n' -> CharSet.of("\n");
            case 'r' -> CharSet.of("\r");
            case 'f' -> CharSet.of("\f");
            case 'v' -> CharSet.of("\u000b");
            case 'b' -> CharSet.of("\b");
            case 'x' -> one(regex.hexadecimal(2));
            case 'u' -> one(regex.hexadecimal(4));
            case 'p', 'P' -> throw regex.unsupported("a Unicode property");
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw regex.wrong("the escape '\\" + Character.toString(c) + "' is not known");
                }
                yield one(c);
            }
        };
    }

    private static CharSet one(int c) {
        return CharSet.of(c, c);
    }
}
