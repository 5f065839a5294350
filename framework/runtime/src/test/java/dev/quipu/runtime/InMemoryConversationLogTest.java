package dev.quipu.runtime;

import static dev.quipu.runtime.SampleTurns.turn;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InMemoryConversationLogTest extends ConversationLogContract {
    @Override
    protected ConversationLog open() {
        return new InMemoryConversationLog();
    }

    @Test
    void forgetsTheConversationThatIsIdleLongest() {
        InMemoryConversationLog log = new InMemoryConversationLog(3);
        log.append(turn("old", 1));
        log.append(turn("new", 1));
        log.append(turn("new", 2));

        log.append(turn("new", 3));

        assertThat(log.read("old")).isEmpty();
        assertThat(log.read("new")).hasSize(3);
    }
}
