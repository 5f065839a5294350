package dev.quipu;

/**
 * Where a fact comes from.
 *
 * @param file the file or table it was loaded from
 * @param row its line or record number, from 1; 0 when the source has no rows
 */
public record Source(String file, long row) {
    @Override
    public String toString() {
        return row > 0 ? file + ":" + row : file;
    }
}
