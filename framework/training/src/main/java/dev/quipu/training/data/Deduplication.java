package dev.quipu.training.data;

/**
 * When a text is a copy of another.
 *
 * @param near Jaccard similarity of their pieces from which it is; above 1 for equal texts only
 * @param kin similarity, as signatures estimate it, from which both have to stay in one part of the data; the same as of copies where there are no parts
 */
public record Deduplication(double near, double kin) {
    /** Copies from 0.8 on, kin from about 0.7 on. */
    public static final Deduplication STANDARD = new Deduplication(0.8, 0.7);

    /** Equal texts alone are copies. */
    public static final Deduplication EXACT = new Deduplication(2, 0.7);

    public Deduplication {
        DataException.require(near >= 0.3, "the similarity of copies is " + near + ", but has to be from 0.3");
        DataException.require(
                kin >= 0.3 && kin <= near, "the similarity of kin is " + kin + ", but has to be from 0.3 to " + near);
    }

    /** Without regard to parts. */
    public Deduplication withoutKin() {
        return new Deduplication(near, near);
    }

    /** The same with another similarity of copies. */
    public Deduplication withNear(double value) {
        return new Deduplication(value, Math.min(kin, value));
    }
}
