package dev.quipu.training;

import dev.quipu.ErrorCode;

/** Failures of training. */
public enum TrainingError implements ErrorCode {
    OPTION("QP-TRAIN-001", "An option of the training is outside of its range; correct it."),
    MODEL("QP-TRAIN-002", "This model cannot be trained here; the message says why, and which can."),
    DATA("QP-TRAIN-003", "The examples cannot be read; correct the line that the message names."),
    EMPTY("QP-TRAIN-004", "No example is left to train on; the message counts what was left out, and why."),
    DIVERGED(
            "QP-TRAIN-005",
            "The loss is no number any more. The last checkpoint is kept; resume it with a lower rate."),
    OUTPUT("QP-TRAIN-006", "A file cannot be written. The last checkpoint is kept; free disk space and resume."),
    CHECKPOINT("QP-TRAIN-007", "The checkpoint cannot be resumed with these options; the message says what differs."),
    ADAPTER("QP-TRAIN-008", "The adapter cannot be taken over; the message says why."),
    MEMORY("QP-TRAIN-009", "There is not enough memory; train shorter or fewer sequences at once, or recompute."),
    DEVICE("QP-TRAIN-010", "The device cannot compute this training, or is not there; train on the CPU.");

    private final String id;
    private final String meaning;

    TrainingError(String id, String meaning) {
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
