package dev.quipu.llama.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.ModelCard;
import dev.quipu.llama.gguf.ModelCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the catalogue says of models against what their files say, for every model that is on this machine. */
class CatalogueFilesTest {
    private final ModelStore store = ModelStore.standard();

    @Test
    void saysWhatTheFilesSay() throws IOException {
        store.pull("smollm2-135m", PullListener.NONE);
        List<ModelEntry> here = store.catalog().models().stream()
                .filter(m -> store.has(m.name()))
                .toList();

        for (ModelEntry entry : here) {
            Path file = store.path(entry.name());
            GgufFile header = ModelCheck.require(file);
            ModelCard card = ModelCard.of(header);
            assertThat(card.architecture()).as(entry.name()).isEqualTo(entry.family());
            assertThat(card.quantization()).as(entry.name()).isEqualTo(entry.quantization());
            assertThat(card.contextLength()).as(entry.name()).isEqualTo(entry.context());
            assertThat(card.templateHash()).as(entry.name()).isEqualTo(entry.template());
            assertThat(header.text("general.size_label")).as(entry.name()).contains(entry.parameters());
            assertThat(Files.size(file)).as(entry.name()).isEqualTo(entry.size());
            assertThat(words(entry.title()))
                    .as(entry.name())
                    .startsWith(words(header.text("general.basename").orElseThrow()));
            // Some files do not state their licence.
            assertThat(words(entry.licence())).as(entry.name()).startsWith(words(card.licence()));
        }
        assertThat(here).isNotEmpty();
    }

    @Test
    @Tag("long")
    void pinsTheHashesOfTheFiles() throws IOException {
        for (ModelEntry entry : store.catalog().models()) {
            if (store.has(entry.name())) {
                assertThat(TestModels.sha256(Files.newInputStream(store.path(entry.name()))))
                        .as(entry.name())
                        .isEqualTo(entry.sha256());
            }
        }
    }

    private static String words(String text) {
        return text.toLowerCase(java.util.Locale.ROOT).replace('-', ' ');
    }
}
