package dev.quipu.llama;

import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** LangChain4j's own tests of a provider, with a model that needs fewer of them weakened. */
@Tag("long")
class LlamaChatModelLargerTest extends LlamaChatModelChecks {
    @Override
    LlamaChatModel greedy() {
        return ChatModels.greedy("qwen2.5-coder-1.5b", 120, Duration.ofMinutes(10));
    }
}
