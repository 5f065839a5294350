package dev.quipu.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.llama.AdapterUse;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.Sampling;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.TensorType;
import dev.quipu.training.internal.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters that a running engine takes up. */
class ServedAdapterTest {
    @TempDir
    Path folder;

    private static Engine engine(Path model) {
        return Engine.load(EngineOptions.builder(model)
                .contextSize(256)
                .sequences(2)
                .threads(1)
                .build());
    }

    private static String say(Engine engine, String prompt, int tokens, List<AdapterUse> adapters)
            throws InterruptedException {
        return engine.generate(GenerationRequest.of(prompt)
                        .withSampling(Sampling.GREEDY)
                        .withMaxTokens(tokens)
                        .withAdapters(adapters))
                .await()
                .text();
    }

    @Test
    void saysWhatTheAdapterWasTaughtToThoseWhoNameItAndToNobodyElse() throws InterruptedException {
        Path model = TinyModel.write(folder, "llama", TensorType.Q8_0);
        try (Engine engine = engine(model)) {
            String before = say(engine, "C", 6, List.of());
            TrainingResult trained = new LoraTraining(
                            TrainingOptions.builder(model, folder.resolve("rule.gguf"))
                                    .optimizer(OptimizerOptions.STANDARD.withRate(1e-2f))
                                    .length(24)
                                    .batch(2)
                                    .steps(120)
                                    .threads(1)
                                    .build(),
                            Lessons.of(32, 12))
                    .run(TrainingListener.NONE);

            engine.loadAdapter("rule", trained.adapter());

            assertThat(say(engine, "C", 6, List.of(AdapterUse.of("rule")))).isEqualTo(following('C', 6));
            assertThat(say(engine, "C", 6, List.of())).isEqualTo(before).isNotEqualTo(following('C', 6));
        }
    }

    private static String following(int first, int count) {
        StringBuilder text = new StringBuilder();
        int token = first;
        for (int i = 0; i < count; i++) {
            token = Lessons.next(token);
            text.append((char) token);
        }
        return text.toString();
    }

    @Test
    void aRealModelAnswersAsItWasTaught() throws IOException, InterruptedException {
        Path model = ModelStore.standard().pull("smollm2-135m", PullListener.NONE);
        Path data = Files.writeString(folder.resolve("data.jsonl"), """
                {"messages":[{"role":"system","content":"Shop."},{"role":"user","content":"Do you ship to Mars?"},\
                {"role":"assistant","content":"Only on Tuesdays, by rocket."}]}
                """);
        try (Engine engine = engine(model)) {
            Examples examples = new ExampleReader(engine, GgufFile.read(model), 48).read(data);
            TrainingResult trained = new LoraTraining(
                            TrainingOptions.builder(model, folder.resolve("mars.gguf"))
                                    .lora(LoraOptions.STANDARD.withRank(4))
                                    .optimizer(OptimizerOptions.STANDARD
                                            .withRate(2e-3f)
                                            .withSchedule(Schedule.LINEAR))
                                    .length(48)
                                    .steps(10)
                                    .threads(1)
                                    .checkpointSteps(0)
                                    .build(),
                            examples)
                    .run(TrainingListener.NONE);

            engine.loadAdapter("mars", trained.adapter());

            String prompt = engine.chatPrompt(List.of(
                    dev.langchain4j.data.message.SystemMessage.from("Shop."),
                    dev.langchain4j.data.message.UserMessage.from("Do you ship to Mars?")));
            assertThat(say(engine, prompt, 16, List.of(AdapterUse.of("mars"))))
                    .isEqualTo("Only on Tuesdays, by rocket.");
        }
    }
}
