package dev.quipu.training.data;

import java.util.Optional;

/** A filter that looks at the text alone. */
record TextFilter(String name, boolean documentsOnly, Check check) implements RowFilter {
    /** What it looks for. */
    interface Check {
        Optional<Finding> of(Reading reading);
    }

    @Override
    public Optional<Finding> check(Row row, Reading reading) {
        return documentsOnly && !(row.content() instanceof Content.Document) ? Optional.empty() : check.of(reading);
    }
}
