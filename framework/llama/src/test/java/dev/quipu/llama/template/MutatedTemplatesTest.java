package dev.quipu.llama.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged templates must fail in the one way that callers expect, within their bounds. */
class MutatedTemplatesTest {
    private static final int ROUNDS = 3_000;
    private static final int ROUNDS_A_FOREIGN_TEMPLATE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void endsWithAPromptOrATypedErrorWhenATemplateIsDamaged() throws IOException {
        List<String> corpus = new ArrayList<>(List.of(SampleTemplates.EVERY_STATEMENT, SampleTemplates.GEMMA_LIKE));
        for (String model : SampleTemplates.MODELS) {
            corpus.add(SampleTemplates.ofModel(model));
        }

        for (String template : corpus) {
            damage(template, ROUNDS / corpus.size());
        }
    }

    @Test
    @Tag("long")
    void endsWithAPromptOrATypedErrorWhenAForeignTemplateIsDamaged() throws IOException {
        Path folder = Path.of(
                Objects.requireNonNull(System.getProperty("quipu.test.templates"), "quipu.test.templates is not set"));
        List<Path> templates;
        try (Stream<Path> files = Files.list(folder)) {
            templates = files.filter(file -> file.toString().endsWith(".jinja"))
                    .sorted()
                    .toList();
        }

        assertThat(templates).isNotEmpty();
        for (Path template : templates) {
            damage(Files.readString(template), ROUNDS_A_FOREIGN_TEMPLATE);
        }
    }

    private static void damage(String template, int rounds) {
        TemplateMutator mutator = new TemplateMutator(new SplittableRandom(template.hashCode()));
        for (int i = 0; i < rounds; i++) {
            String mutated = mutator.mutate(template);
            assertTimeout(PATIENCE, () -> renderOrFail(mutated), mutated);
        }
    }

    private static void renderOrFail(String template) {
        try {
            String prompt = ChatTemplate.parse(template).render(SampleTemplates.CONVERSATION);
            assertThat(prompt).hasSizeLessThanOrEqualTo(Limits.STANDARD.textCharacters());
        } catch (TemplateException e) {
            assertThat(e.code()).isInstanceOf(TemplateError.class);
        }
    }
}
