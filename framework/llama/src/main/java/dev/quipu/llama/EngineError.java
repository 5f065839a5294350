package dev.quipu.llama;

import dev.quipu.ErrorCode;

/** Failures of the engine. */
public enum EngineError implements ErrorCode {
    NO_PROVIDER("QP-ENGINE-001", "No engine fits this machine; add quipu-llama-natives or quipu-llama-jni."),
    NATIVES("QP-ENGINE-002", "The llama.cpp libraries are missing, damaged or of an unknown release; see the message."),
    PROMPT_TOO_LONG(
            "QP-ENGINE-003", "The prompt does not fit the context; shorten it or raise quipu.engine.context-size."),
    MODEL("QP-ENGINE-004", "The model file cannot be used; pull it again or choose another."),
    OPTION("QP-ENGINE-005", "An option is outside of its range; correct it."),
    BUSY("QP-ENGINE-006", "Too many requests wait for the engine; try again after the stated time."),
    CLOSED("QP-ENGINE-007", "The engine was closed; load it again."),
    DECODE("QP-ENGINE-008", "llama.cpp refused a batch; the request ends, the engine goes on."),
    GRAMMAR("QP-ENGINE-009", "The grammar cannot be built; correct it. Nothing is generated without it."),
    UNSUPPORTED("QP-ENGINE-010", "This provider lacks the capability; use the one that the message names."),
    TEMPLATE("QP-ENGINE-011", "The model's chat template cannot be used; pass a prompt or another template."),
    DEADLINE("QP-ENGINE-012", "The request took longer than its deadline; raise it or ask for fewer tokens."),
    MODEL_UNKNOWN("QP-ENGINE-013", "No model of that name is in the catalogue; use the nearest name or a GGUF file."),
    MODEL_FETCH("QP-ENGINE-014", "A model could not be fetched from any source; see each source's reason."),
    MODEL_DAMAGED("QP-ENGINE-015", "A fetched model does not have its pinned hash; it was not kept."),
    DISK("QP-ENGINE-016", "There is not enough disk space for a model; free some or set QUIPU_MODELS."),
    ADAPTER("QP-ENGINE-017", "An adapter cannot be used with this model; see the message, or load one made for it."),
    ADAPTER_UNKNOWN("QP-ENGINE-018", "No adapter of that name is loaded; load it first or use one that is."),
    WORKER("QP-ENGINE-019", "The engine's own process ended or does not start; see the message, then try again."),
    GPU_MEMORY(
            "QP-ENGINE-020",
            "The layers that are to go to the GPU do not fit its free memory; set quipu.engine.gpu-layers to auto.");

    private final String id;
    private final String meaning;

    EngineError(String id, String meaning) {
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
