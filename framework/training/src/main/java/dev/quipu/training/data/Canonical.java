package dev.quipu.training.data;

import java.text.Normalizer;

/**
 * The form in which texts are compared: compatibility-composed (NFKC), lower case, one space for any white space. Digits
 * stay: two tickets that differ in the order's number alone are alike, but not equal.
 */
final class Canonical {
    private Canonical() {}

    static String of(String text) {
        String composed = ascii(text) || Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC);
        char[] out = new char[composed.length()];
        int length = 0;
        boolean space = true;
        for (int i = 0; i < composed.length(); i++) {
            char c = composed.charAt(i);
            if (Character.isWhitespace(c)) {
                if (!space) {
                    out[length++] = ' ';
                }
                space = true;
            } else {
                out[length++] = Character.toLowerCase(c);
                space = false;
            }
        }
        return new String(out, 0, space && length > 0 ? length - 1 : length);
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }
}
