package dev.quipu.llama.gguf;

import dev.quipu.ErrorCode;

/** Failures of GGUF files. */
public enum GgufError implements ErrorCode {
    UNREADABLE("QP-GGUF-001", "A model file cannot be read.", "Check its path and permissions."),
    NOT_GGUF("QP-GGUF-002", "A file is not a GGUF file.", "Check the path; a failed download may hold a page of text."),
    VERSION(
            "QP-GGUF-003",
            "A GGUF file has a version or byte order that is not supported.",
            "Convert the model to GGUF version 3, little-endian."),
    TRUNCATED("QP-GGUF-004", "A GGUF file ends before its content does.", "Pull or copy it again."),
    MALFORMED("QP-GGUF-005", "The header of a GGUF file is damaged.", "Pull the file again or convert the model anew."),
    TOO_LARGE(
            "QP-GGUF-006",
            "The header of a GGUF file is larger than any model needs.",
            "Check that the file is the one you wanted."),
    VOCABULARY(
            "QP-GGUF-007", "The vocabulary of a model is damaged.", "Pull the file again or convert the model anew."),
    PARAMETERS(
            "QP-GGUF-008",
            "The hyper-parameters of a model are damaged.",
            "Pull the file again or convert the model anew."),
    TENSORS("QP-GGUF-009", "The tensors of a model do not fit it.", "Pull the file again or convert the model anew."),
    UNSUPPORTED(
            "QP-GGUF-010",
            "A GGUF file is not a model that generates text here.",
            "Choose a text model, as one file, that llama.cpp runs."),
    ADAPTER(
            "QP-GGUF-011",
            "A GGUF file is not a LoRA adapter for this model.",
            "Choose one that was trained on this model and converted to GGUF.");

    private final String id;
    private final String what;
    private final String remedy;

    GgufError(String id, String what, String remedy) {
        this.id = id;
        this.what = what;
        this.remedy = remedy;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return what + " " + remedy;
    }

    String remedy() {
        return remedy;
    }
}
