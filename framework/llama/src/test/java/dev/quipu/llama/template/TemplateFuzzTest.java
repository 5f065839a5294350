package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/**
 * Replays kept inputs; with {@code JAZZER_FUZZ=1} in the environment it searches for new ones.
 */
class TemplateFuzzTest {
    @FuzzTest
    void endsWithAPromptOrATypedError(byte[] template) {
        try {
            String prompt = ChatTemplate.parse(new String(template, StandardCharsets.UTF_8))
                    .render(SampleTemplates.CONVERSATION);
            assertThat(prompt).hasSizeLessThanOrEqualTo(Limits.STANDARD.textCharacters());
        } catch (TemplateException e) {
            assertThat(e.code()).isInstanceOf(TemplateError.class);
        }
    }
}
