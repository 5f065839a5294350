package dev.quipu.kg;

/**
 * A row that was not loaded.
 *
 * @param row its line or record number, from 1
 * @param column the field at fault, empty when it is the row itself
 */
public record BadRow(String file, long row, String column, String reason) {
    @Override
    public String toString() {
        return file + ":" + row + (column.isEmpty() ? " " : " " + column + " ") + reason;
    }
}
