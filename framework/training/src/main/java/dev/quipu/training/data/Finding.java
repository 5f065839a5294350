package dev.quipu.training.data;

/**
 * Why a row is left out.
 *
 * @param reason one of few, which the report counts
 * @param detail what was found in this one, with the number and its limit
 */
public record Finding(String reason, String detail) {
    static Finding share(String reason, String of, double found, double limit) {
        return new Finding(reason, String.format(java.util.Locale.ROOT, "%s %.2f, limit %.2f", of, found, limit));
    }
}
