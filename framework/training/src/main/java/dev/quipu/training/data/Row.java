package dev.quipu.training.data;

/**
 * One example on its way through the preparation.
 *
 * @param group rows of one group stay in one part of the data, as a customer's or a conversation's do; empty for none
 * @param place where it was read, in words
 */
public record Row(Content content, String group, String place) {
    /** The same with another content. */
    public Row with(Content other) {
        return new Row(other, group, place);
    }

    /** What it is compared and judged by. */
    public String text() {
        return content.text();
    }
}
