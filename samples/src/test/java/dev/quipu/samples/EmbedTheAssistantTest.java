package dev.quipu.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README does what the README says. */
class EmbedTheAssistantTest {
    @Test
    void answersFromAnotherProgram(@TempDir Path work) throws Exception {
        Answer answer = EmbedTheAssistant.ask(Shop.SUITE, work, "C1000", "What is the total of order A50001?");

        assertThat(answer.text()).contains("324.62");
        assertThat(answer.evidence().retrieval().facts()).hasSize(1);
    }
}
