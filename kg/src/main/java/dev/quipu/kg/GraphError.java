package dev.quipu.kg;

import dev.quipu.ErrorCode;

/** Failures of the graph store, the mapping and the linker. */
public enum GraphError implements ErrorCode {
    UNREACHABLE("QP-GRAPH-001", "The Neo4j server does not answer; start it or correct the URI."),
    TIMEOUT("QP-GRAPH-002", "A query took longer than its limit; narrow it or raise the limit."),
    REJECTED("QP-GRAPH-003", "Neo4j refused a query; correct it as its message says."),
    UNAUTHORIZED("QP-GRAPH-004", "Neo4j refused the credentials; correct user and password."),
    TOO_MANY_ROWS("QP-GRAPH-005", "A query returned more rows than its limit; narrow it or raise the limit."),
    NO_EMBEDDED(
            "QP-GRAPH-006", "A folder was given but no embedded Neo4j is on the class path; add quipu-kg-embedded."),
    LOCKED("QP-GRAPH-007", "Another process uses the graph's folder; stop it or choose another folder."),
    START_FAILED("QP-GRAPH-008", "The embedded Neo4j did not start; see the cause and its log in the folder."),
    MAPPING("QP-GRAPH-009", "The mapping is wrong; correct the entry that the message names."),
    DATA("QP-GRAPH-010", "A data file cannot be read as its mapping says; correct the file or the mapping."),
    BAD_ROW("QP-GRAPH-011", "A row does not fit the mapping and the load stops at bad rows; correct the row."),
    SUITE(
            "QP-GRAPH-012",
            "A file of the suite is missing, is not valid YAML, or has a wrong entry; correct the named entry."),
    UNSAFE_QUERY(
            "QP-GRAPH-013",
            "A query of the suite writes, calls a procedure, or reads private data without the asking customer."),
    UNKNOWN_INTENT("QP-GRAPH-014", "An intent is not declared in the suite; declare it or correct its name."),
    INCOMPLETE("QP-GRAPH-015", "An intent lacks slots that its queries need; ask the customer for them."),
    DOCUMENT("QP-GRAPH-016", "A document cannot be indexed as it is; correct what the message names."),
    NEWER("QP-GRAPH-017", "The graph was made by a newer Quipu; use that one, or another graph."),
    BACKUP("QP-GRAPH-018", "A backup cannot be made or restored; correct what the message names."),
    WRITTEN_QUERY(
            "QP-GRAPH-019",
            "A query that a model wrote is not of the allowed form and is not run; the question is refused.");

    private final String id;
    private final String meaning;

    GraphError(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
