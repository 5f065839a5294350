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
    IO("QP-SERVER-008", "A file could not be read or written; check the path and the disk.");

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
