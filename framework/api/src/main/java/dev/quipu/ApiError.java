package dev.quipu;

/** Failures of input that no part may accept. */
public enum ApiError implements ErrorCode {
    BLANK("QP-API-001", "A required text is empty; pass a value."),
    TOO_LONG("QP-API-002", "A text is longer than its limit; shorten it or raise the limit."),
    MALFORMED("QP-API-003", "A value does not have the form that its field needs; correct it."),
    UNKNOWN_SETTING("QP-API-004", "A configuration key does not exist; use the nearest key that the message names."),
    CLOSED("QP-API-005", "The part was closed before the call; create a new one.");

    private final String id;
    private final String meaning;

    ApiError(String id, String meaning) {
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
