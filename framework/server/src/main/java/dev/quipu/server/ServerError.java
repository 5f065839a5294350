package dev.quipu.server;

import dev.quipu.ErrorCode;

/** Failures of the command line and the HTTP server. */
public enum ServerError implements ErrorCode {
    USAGE("QP-SERVER-001", "An option or argument is wrong; see --help."),
    SUITE_MISSING("QP-SERVER-002", "The suite's folder is not there; name one with --suite."),
    UNSAFE_BIND("QP-SERVER-003", "Binding to other than loopback needs a token; pass --token or QUIPU_TOKEN."),
    UNAUTHORIZED("QP-SERVER-004", "The request has no valid token; send it as a bearer token."),
    BAD_REQUEST("QP-SERVER-005", "The request is not of the form that the endpoint takes; correct it."),
    TOO_LARGE("QP-SERVER-006", "The request's body is larger than its limit; make it smaller."),
    UNKNOWN_MODEL("QP-SERVER-007", "The model is not served here; ask /v1/models for those that are."),
    IO("QP-SERVER-008", "A file could not be read or written; check the path and the disk."),
    FOREIGN_PAGE(
            "QP-SERVER-010", "Without a token only requests to a loopback name are served; use one, or set a token."),
    NOT_FOUND("QP-SERVER-011", "There is nothing at this path; see the list of endpoints."),
    METHOD("QP-SERVER-012", "The path does not take this method; use the one it takes."),
    MEDIA_TYPE("QP-SERVER-013", "A body has to be JSON; send the header content-type: application/json."),
    SLOW_BODY("QP-SERVER-014", "The body took too long to come; send it at once."),
    PORT_TAKEN("QP-SERVER-015", "The address cannot be bound; choose another with --port or --host."),
    INTERNAL("QP-SERVER-016", "The server failed in a way that it does not document; see its log."),
    CODE_BUSY("QP-SERVER-017", "Too many requests for code are worked on; ask again in a minute."),
    TOKENS("QP-SERVER-018", "The file of API tokens cannot be used; correct the line that the message names.");

    private final String id;
    private final String meaning;

    ServerError(String id, String meaning) {
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
