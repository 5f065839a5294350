package dev.quipu.kg;

import java.util.function.Consumer;

/** Where records come from: a file or the query of a database. They may be read more than once. */
interface RecordSource {
    /**
     * Reads the records in their order.
     *
     * @param bad takes what is no record
     */
    void read(Consumer<DataRecord> records, Consumer<BadRow> bad);
}
