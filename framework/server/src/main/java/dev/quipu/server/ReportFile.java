package dev.quipu.server;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.quipu.llama.AdapterUse;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.LlamaChatModel;
import dev.quipu.training.TrainingOptions;
import dev.quipu.training.TrainingReport;
import dev.quipu.training.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page that tells of a training, with what the model says to some prompts before and after. */
final class ReportFile {
    private static final String NAME = "trained";
    private static final int MOST_TOKENS = 96;
    private static final int CONTEXT = 1024;

    private final Path file;
    private final TrainingOptions options;
    private final List<String> prompts;
    private final List<String> before;

    /** Asks the model as it is. */
    ReportFile(Path file, TrainingOptions options, List<String> prompts) {
        this.file = file;
        this.options = options;
        this.prompts = List.copyOf(prompts);
        this.before = answers(List.of());
    }

    /** Asks the model again, unless the training was stopped, and writes the page. */
    void write(TrainingReport heard, TrainingResult result, Map<String, Integer> counts) {
        List<String> after = result.stopped()
                ? prompts.stream().map(p -> "(stopped before its end)").toList()
                : answers(List.of(AdapterUse.of(NAME)));
        List<TrainingReport.Sample> samples = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            samples.add(new TrainingReport.Sample(prompts.get(i), before.get(i), after.get(i)));
        }
        heard.write(file, options, result, counts, samples);
        System.err.println("report: " + file);
    }

    private List<String> answers(List<AdapterUse> adapters) {
        if (prompts.isEmpty()) {
            return List.of();
        }
        EngineOptions small = EngineOptions.builder(options.model())
                .contextSize(CONTEXT)
                .sequences(1)
                .build();
        try (Engine engine = Engine.load(small)) {
            if (!adapters.isEmpty()) {
                engine.loadAdapter(NAME, options.output());
            }
            LlamaChatModel model = LlamaChatModel.of(engine, NAME).adapted(adapters);
            return prompts.stream()
                    .map(prompt -> model.chat(ChatRequest.builder()
                                    .messages(UserMessage.from(prompt))
                                    .temperature(0.0)
                                    .maxOutputTokens(MOST_TOKENS)
                                    .build())
                            .aiMessage()
                            .text())
                    .toList();
        }
    }
}
