package dev.quipu.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.internal.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of files as tokens that are learnt, and tokens that are not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleReaderTest {
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private Engine engine;

    @SuppressWarnings("NullAway.Init")
    private GgufFile header;

    @BeforeAll
    void load(@TempDir Path folder) {
        this.folder = folder;
        Path model = TinyModel.write(folder, "llama", TensorType.Q8_0);
        header = GgufFile.read(model);
        engine = Engine.load(EngineOptions.builder(model)
                .contextSize(64)
                .sequences(1)
                .threads(1)
                .build());
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private Examples read(int length, String... lines) {
        try {
            Path file = Files.write(folder.resolve("data.jsonl"), List.of(lines));
            return new ExampleReader(engine, header, length).read(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The texts that are learnt and those that are not, in turn, each in its own brackets: [learnt] or (not). */
    private String shown(Example example) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int i = 1; i <= example.tokens().length; i++) {
            if (i == example.tokens().length || example.trained()[i] != example.trained()[from]) {
                String part = engine.detokenize(java.util.Arrays.copyOfRange(example.tokens(), from, i), true);
                text.append(example.trained()[from] ? "[" + part + "]" : "(" + part + ")");
                from = i;
            }
        }
        return text.toString();
    }

    @Test
    void learnsWhatTheAssistantSaysUpToTheEndOfItsTurn() {
        Examples examples = read(200, """
                {"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"yes"},\
                {"role":"user","content":"so?"},{"role":"assistant","content":"no"}]}""");

        assertThat(examples.all()).hasSize(1);
        assertThat(shown(examples.all().getFirst()))
                .isEqualTo("(<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n)[yes<|im_end|>]"
                        + "(\n<|im_start|>user\nso?<|im_end|>\n<|im_start|>assistant\n)[no<|im_end|>]");
    }

    @Test
    void readsInstructionsAndCompletions() {
        Examples examples = read(
                200,
                "{\"instruction\":\"add\",\"input\":\"1 2\",\"output\":\"3\"}",
                "{\"prompt\":\"a\",\"completion\":\"b\"}");

        assertThat(examples.all().stream().map(this::shown))
                .containsExactly(
                        "(<|im_start|>user\nadd\n\n1 2<|im_end|>\n<|im_start|>assistant\n)[3<|im_end|>]",
                        "(a)[b<|im_end|>]");
    }

    @Test
    void cutsALongTextSoThatEveryTokenIsLearntOnce() {
        Examples examples = read(8, "{\"text\":\"abcdefghijklmnopqrst\"}");

        List<String> labels = new ArrayList<>();
        examples.all().forEach(e -> {
            for (int i = 1; i < e.tokens().length; i++) {
                labels.add(engine.detokenize(new int[] {e.tokens()[i]}, true));
            }
        });
        assertThat(String.join("", labels)).isEqualTo("bcdefghijklmnopqrst<|im_end|>");
        assertThat(examples.all()).allMatch(e -> e.tokens().length <= 9);
    }

    @Test
    void countsWhatItLeavesOut() {
        Examples examples = read(
                16,
                "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "{\"prompt\":\"" + "x".repeat(40) + "\",\"completion\":\"b\"}",
                "",
                "{\"prompt\":\"a\",\"completion\":\"b\"}");

        assertThat(examples.all()).hasSize(1);
        assertThat(examples.told()).isEqualTo("1 with nothing to learn, 1 longer than 16 tokens");
    }

    @Test
    void readsPreferencesOfWhichTheLastAnswerAloneIsLearnt() throws IOException {
        Path file = Files.write(
                folder.resolve("preferences.jsonl"),
                List.of("""
                        {"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},\
                        {"role":"user","content":"c"}],"chosen":"d","rejected":"e"}""", "{\"prompt\":\"x\",\"chosen\":\"y\",\"rejected\":\"z\"}"));

        Preferences preferences = new ExampleReader(engine, header, 100).readPreferences(file);

        String asked = "(<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n"
                + "<|im_start|>user\nc<|im_end|>\n<|im_start|>assistant\n)";
        assertThat(preferences.all()).hasSize(2);
        assertThat(shown(preferences.all().getFirst().chosen())).isEqualTo(asked + "[d<|im_end|>]");
        assertThat(shown(preferences.all().getFirst().rejected())).isEqualTo(asked + "[e<|im_end|>]");
        assertThat(shown(preferences.all().getLast().rejected())).isEqualTo("(x)[z<|im_end|>]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prompt\": | is no JSON",
                "{\"question\":\"a\"} | has none of",
                "{\"messages\":[{\"role\":\"robot\",\"content\":\"a\"}]} | has the role 'robot'",
                "{\"messages\":[{\"role\":\"user\"}]} | without \"content\""
            })
    void namesTheLineThatItCannotRead(String line, String why) {
        assertThatThrownBy(() -> read(16, "{\"text\":\"fine\"}", line))
                .hasMessageContaining("QP-TRAIN-003")
                .hasMessageContaining("line 2")
                .hasMessageContaining(why);
    }
}
