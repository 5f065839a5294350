package dev.quipu.kg;

import dev.quipu.kg.Mapping.NodeRule;
import dev.quipu.kg.Mapping.RelationshipRule;
import dev.quipu.kg.Mapping.SourceFile;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out at the header of a CSV file, and not at each of its rows, that the mapping needs a column it lacks. */
final class ColumnCheck {
    private static final Pattern HOLE = Pattern.compile("\\{([^}]+)}");

    private final SourceFile source;
    private final List<String> columns;

    ColumnCheck(SourceFile source, List<String> columns) {
        this.source = source;
        this.columns = columns.stream().map(String::strip).toList();
    }

    /** @throws GraphException that names the column */
    void check() {
        for (NodeRule node : source.records().nodes()) {
            require(node.id());
            node.required().forEach(r -> {
                Mapping.PropertyRule property = node.properties().get(r);
                if (property != null) {
                    require(property.from());
                }
            });
        }
        for (RelationshipRule relationship : source.records().relationships()) {
            if (!relationship.optional()) {
                require(relationship.from().id());
                require(relationship.to().id());
            }
        }
    }

    private void require(String expression) {
        if (!expression.contains("{")) {
            requireColumn(expression);
            return;
        }
        Matcher hole = HOLE.matcher(expression);
        while (hole.find()) {
            requireColumn(hole.group(1));
        }
    }

    private void requireColumn(String column) {
        if (!column.startsWith("@") && !columns.contains(column)) {
            throw new GraphException(
                    GraphError.DATA,
                    source.file() + " has no column '" + column + "', which the mapping needs; its columns are "
                            + String.join(", ", columns) + ". Correct the mapping, its delimiter, or the file.");
        }
    }
}
