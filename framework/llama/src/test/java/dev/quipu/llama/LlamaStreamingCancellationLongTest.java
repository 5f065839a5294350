package dev.quipu.llama;

import org.junit.jupiter.api.Tag;

/** All of LangChain4j's streaming tests, with the one that waits half a minute for nothing to come. */
@Tag("long")
class LlamaStreamingCancellationLongTest extends LlamaStreamingChatModelTest {
    @Override
    protected boolean supportsStreamingCancellation() {
        return true;
    }
}
