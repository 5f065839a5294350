package dev.quipu.llama.catalog;

/** Hears how a download goes. Called from one thread. */
public interface PullListener {
    /** Hears nothing. */
    PullListener NONE = (what, done, total) -> {};

    /**
     * @param what what is being done, for example {@code pulling smollm2-135m}
     * @param done bytes done so far
     * @param total bytes in all
     */
    void progress(String what, long done, long total);
}
