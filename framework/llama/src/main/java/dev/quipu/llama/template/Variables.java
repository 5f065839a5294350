package dev.quipu.llama.template;

import java.time.Clock;
import java.util.Map;

/** The variables that templates expect without asking for them. */
final class Variables {
    private Variables() {}

    /** Those that llama.cpp also sets: the date in two forms, and that the model may think. */
    static Map<String, Value> standard(Clock clock) {
        return Map.of(
                "enable_thinking", Value.Bool.TRUE,
                "date_string", Value.of(DateFormat.of(clock, "dd LLL uuuu")),
                "datetime", Value.of(DateFormat.of(clock, "LLL dd uuuu")));
    }
}
