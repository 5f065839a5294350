package dev.quipu.training.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A preparation of data: rows are read, masked, cut, filtered, compared with each other and divided. Whatever the size of
 * the data, a row is in memory at a time; a row that passes the filters costs 22 bytes of heap, and on the disk, while it
 * runs, its own size and 144 bytes.
 *
 * @param out the rows to learn from; other parts and the report take its name with an addition
 * @param masks what is put in place of personal data
 * @param filters that a row has to pass, in this order
 * @param augmentations each of which adds a row to learn from for every one that it can say otherwise
 * @param cutting whether notices that stand on every page are cut out of documents
 */
public record Preparation(
        Path out,
        PersonalData masks,
        List<RowFilter> filters,
        List<Augmentation> augmentations,
        boolean cutting,
        Deduplication deduplication,
        Shares shares) {
    public Preparation {
        out = out.toAbsolutePath().normalize();
        filters = List.copyOf(filters);
        augmentations = List.copyOf(augmentations);
        DataException.require(
                String.valueOf(out.getFileName()).endsWith(".jsonl"),
                "the output is " + out + ", but has to end with .jsonl");
    }

    /** Everything as it is usual. */
    public static Preparation to(Path out) {
        return new Preparation(
                out,
                PersonalData.standard(),
                Filters.standard(),
                List.of(),
                true,
                Deduplication.STANDARD,
                Shares.STANDARD);
    }

    /** With other masks. */
    public Preparation withMasks(PersonalData value) {
        return new Preparation(out, value, filters, augmentations, cutting, deduplication, shares);
    }

    /** With other filters. */
    public Preparation withFilters(List<RowFilter> value) {
        return new Preparation(out, masks, value, augmentations, cutting, deduplication, shares);
    }

    /** With rows that say the same otherwise. */
    public Preparation withAugmentations(List<Augmentation> value) {
        return new Preparation(out, masks, filters, value, cutting, deduplication, shares);
    }

    /** With or without cutting. */
    public Preparation withCutting(boolean value) {
        return new Preparation(out, masks, filters, augmentations, value, deduplication, shares);
    }

    /** With other rules for copies. */
    public Preparation withDeduplication(Deduplication value) {
        return new Preparation(out, masks, filters, augmentations, cutting, value, shares);
    }

    /** With other shares. */
    public Preparation withShares(Shares value) {
        return new Preparation(out, masks, filters, augmentations, cutting, deduplication, value);
    }

    /** Where a part goes. */
    public Path file(Part part) {
        return part == Part.TRAIN ? out : beside(part.key() + ".jsonl");
    }

    /** Where the report goes, {@code md} or {@code json}. */
    public Path report(String ending) {
        return beside("report." + ending);
    }

    private Path beside(String ending) {
        String name = String.valueOf(out.getFileName());
        return out.resolveSibling(name.substring(0, name.length() - "jsonl".length()) + ending);
    }

    /**
     * Reads all sources and writes the parts and the report, each file at once and whole.
     *
     * @param progress hears how many rows were read so far
     * @throws DataException if a row has no known form, none is left, or a file cannot be read or written
     */
    public PreparationReport run(List<RowSource> sources, LongConsumer progress) {
        try (PreparationRun run = new PreparationRun(this)) {
            return run.run(sources, progress);
        }
    }
}
