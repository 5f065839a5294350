package dev.quipu.server.bench;

/** Something that continues prompts. Thread-safe; a call blocks its thread until the last token. */
interface Target {
    Outcome ask(Ask ask);
}
