package dev.quipu.kg.text;

/**
 * A passage's vector with a byte for each dimension, of length 1 before it was rounded. Bytes take a quarter of the memory
 * of floats, and sums of their products are what a compiler turns into vector instructions by itself.
 *
 * @param space the model that made it; vectors of two models cannot be compared
 * @param codes the dimensions, to be multiplied by the scale
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record PassageVector(String space, byte[] codes, float scale) {
    static PassageVector of(String space, float[] vector) {
        float length = 0;
        float most = 0;
        for (float x : vector) {
            length += x * x;
            most = Math.max(most, Math.abs(x));
        }
        length = (float) Math.sqrt(length);
        byte[] codes = new byte[vector.length];
        for (int i = 0; i < vector.length && most > 0; i++) {
            codes[i] = (byte) Math.round(vector[i] / most * 127);
        }
        return new PassageVector(space, codes, length == 0 ? 0 : most / 127 / length);
    }

    /** The cosine of two vectors of one space; 0 for those of two. */
    float cosine(PassageVector other) {
        return space.equals(other.space) && codes.length == other.codes.length
                ? dot(codes, other.codes) * scale * other.scale
                : 0;
    }

    private static int dot(byte[] a, byte[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
