package dev.quipu.llama.template;

/** Decodes the escapes of Python string literals; a backslash before any other character stays as it is. */
final class StringEscapes {
    private StringEscapes() {}

    /** Decodes the literal between two offsets of a source. */
    static String decode(TemplateSource source, int start, int end) {
        String text = source.text();
        int at = text.indexOf('\\', start);
        if (at < 0 || at >= end) {
            return text.substring(start, end);
        }
        StringBuilder decoded = new StringBuilder(end - start);
        int position = start;
        while (position < end) {
            char character = text.charAt(position);
            if (character != '\\' || position + 1 >= end) {
                decoded.append(character);
                position++;
            } else {
                position = escape(source, position, end, decoded);
            }
        }
        return decoded.toString();
    }

    /** Appends what the escape at {@code start} stands for; returns the offset after it. */
    private static int escape(TemplateSource source, int start, int end, StringBuilder decoded) {
        char kind = source.text().charAt(start + 1);
        int simple = "abfnrtv\\'\"".indexOf(kind);
        if (simple >= 0) {
            decoded.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(simple));
            return start + 2;
        }
        return switch (kind) {
            case '\n' -> start + 2;
            case 'x' -> hexadecimal(source, start, end, 2, decoded);
            case 'u' -> hexadecimal(source, start, end, 4, decoded);
            case 'U' -> hexadecimal(source, start, end, 8, decoded);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(source.text(), start + 1, end, decoded);
            default -> {
                decoded.append('\\').append(kind);
                yield start + 2;
            }
        };
    }

    private static int hexadecimal(TemplateSource source, int start, int end, int digits, StringBuilder decoded) {
        int value = 0;
        int stop = start + 2 + digits;
        for (int i = start + 2; i < stop; i++) {
            int digit = i < end ? Character.digit(source.text().charAt(i), 16) : -1;
            if (digit < 0 || value > Character.MAX_CODE_POINT >> 4) {
                throw source.failure(TemplateError.SYNTAX, start, "A character escape needs " + digits + " hex digits");
            }
            value = value * 16 + digit;
        }
        if (!Character.isValidCodePoint(value)) {
            throw source.failure(TemplateError.SYNTAX, start, "A character escape names no character");
        }
        decoded.appendCodePoint(value);
        return stop;
    }

    private static int octal(String text, int start, int end, StringBuilder decoded) {
        int value = 0;
        int at = start;
        while (at < end && at < start + 3 && text.charAt(at) >= '0' && text.charAt(at) <= '7') {
            value = value * 8 + (text.charAt(at) - '0');
            at++;
        }
        decoded.append((char) value);
        return at;
    }
}
