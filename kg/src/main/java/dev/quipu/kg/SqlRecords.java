package dev.quipu.kg;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.kg.Mapping.Query;
import dev.quipu.kg.Mapping.SourceFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query to a database, by JDBC: one row in memory at a time, on a read-only connection whose transaction is
 * rolled back. Address, user and password come from the environment; no error repeats them, and so the driver's own words
 * about a connection are left out.
 */
final class SqlRecords implements RecordSource {
    private static final int FETCH = 1_000;
    private static final int SECONDS = 600;

    private final SourceFile source;
    private final Query query;
    private final UnaryOperator<@Nullable String> environment;

    SqlRecords(SourceFile source, Query query, UnaryOperator<@Nullable String> environment) {
        this.source = source;
        this.query = query;
        this.environment = environment;
    }

    /** Changes when the database says so, or else when any row does. */
    String fingerprint() {
        String[] hash = {Fingerprint.of(source.toString())};
        run(query.changed().orElse(query.sql()), row -> hash[0] = Fingerprint.of(hash[0] + row.node()), false);
        return hash[0];
    }

    @Override
    public void read(Consumer<DataRecord> records, Consumer<BadRow> bad) {
        run(query.sql(), records, true);
    }

    private void run(String sql, Consumer<DataRecord> rows, boolean check) {
        try (Connection connection = connect()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH);
                statement.setQueryTimeout(SECONDS);
                try (ResultSet result = statement.executeQuery()) {
                    List<String> columns = columns(result.getMetaData());
                    if (check) {
                        new ColumnCheck(source, columns).check();
                    }
                    for (long row = 1; result.next(); row++) {
                        rows.accept(new DataRecord(node(result, columns), String.valueOf(row), null, row));
                    }
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new GraphException(
                    GraphError.DATA,
                    source.file() + ": the database refused '" + sql + "': " + e.getMessage()
                            + ". Correct the query of the mapping.",
                    e);
        }
    }

    private Connection connect() {
        String url = variable(query.database())
                .orElseThrow(() -> new GraphException(
                        GraphError.DATA,
                        source.file() + " comes from a database whose address is in " + query.database()
                                + ", which is not set. Set it to a JDBC URL."));
        String user = variable(query.database() + "_USER").orElse("");
        String password = variable(query.database() + "_PASSWORD").orElse("");
        try {
            return DriverManager.getConnection(url, user, password);
        } catch (SQLException e) {
            throw new GraphException(
                    GraphError.DATA,
                    source.file() + ": no connection to the database of " + query.database() + " (SQL state "
                            + e.getSQLState() + "). Correct the variable, its _USER and _PASSWORD, and add the"
                            + " database's JDBC driver to the class path.");
        }
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name));
    }

    /** Databases differ in the case that they give to names, so that it is not kept. */
    private static List<String> columns(ResultSetMetaData about) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            columns.add(about.getColumnLabel(i).toLowerCase(Locale.ROOT));
        }
        return columns;
    }

    private ObjectNode node(ResultSet result, List<String> columns) throws SQLException {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            @Nullable Object value = result.getObject(i + 1);
            String text = switch (value) {
                case null -> "";
                case BigDecimal number -> number.toPlainString();
                case byte[] bytes -> "";
                default -> value.toString().strip();
            };
            if (value != null && !source.nulls().contains(text)) {
                node.put(columns.get(i), text);
            }
        }
        return node;
    }
}
