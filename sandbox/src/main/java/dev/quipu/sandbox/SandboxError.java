package dev.quipu.sandbox;

import dev.quipu.ErrorCode;

/** Failures of the sandbox itself. What untrusted code does is a {@link Verdict}. */
public enum SandboxError implements ErrorCode {
    UNAVAILABLE(
            "QP-SANDBOX-001",
            "Nothing on this machine can shut untrusted code in, so none is run (SANDBOX_UNAVAILABLE); see what the"
                    + " message lists."),
    OPTION("QP-SANDBOX-002", "A setting or limit of the sandbox is unknown or out of its range; correct it."),
    JOB("QP-SANDBOX-003", "A job is too big or names what cannot be used; correct it."),
    BUSY("QP-SANDBOX-004", "The queue of the sandbox is full; wait, or raise quipu.sandbox.queue-limit."),
    CLOSED("QP-SANDBOX-005", "The sandbox was closed while the job waited or ran; open it again."),
    INTERRUPTED("QP-SANDBOX-006", "The thread that waited for a verdict was interrupted, so the job was cancelled."),
    FAILED("QP-SANDBOX-007", "The sandbox failed in a way that is not the job's fault; see the cause.");

    private final String id;
    private final String meaning;

    SandboxError(String id, String meaning) {
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
