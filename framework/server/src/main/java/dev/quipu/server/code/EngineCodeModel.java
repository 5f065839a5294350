package dev.quipu.server.code;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.quipu.codegen.CodeModel;
import dev.quipu.codegen.Draft;
import dev.quipu.codegen.Draw;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.FinishReason;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import dev.quipu.llama.Sampling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model in this process as a writer of code: drafts run side by side in the engine's batches, a reply can be begun, and
 * the seed tells draws apart.
 */
public final class EngineCodeModel implements CodeModel {
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private final Engine engine;
    private final String name;
    private final Optional<Recordings> recordings;

    public EngineCodeModel(Engine engine, String name, Optional<Recordings> recordings) {
        this.engine = engine;
        this.name = name;
        this.recordings = recordings;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean steerable() {
        return true;
    }

    @Override
    public Draft reply(List<ChatMessage> conversation, Draw draw) {
        return drawn(prompt(conversation), List.of(), draw);
    }

    @Override
    public Draft begun(List<ChatMessage> conversation, String beginning, List<String> stop, Draw draw) {
        return drawn(prompt(conversation) + beginning, stop, draw);
    }

    /** A base model has no template; it goes on with the words as they stand. */
    private String prompt(List<ChatMessage> conversation) {
        if (!engine.model().chatTemplate().isEmpty()) {
            return engine.chatPrompt(conversation);
        }
        return conversation.stream()
                .map(message -> switch (message) {
                    case UserMessage user -> user.singleText() + "\n\n";
                    case AiMessage answer -> answer.text() + "\n\n";
                    default -> "";
                })
                .collect(Collectors.joining());
    }

    @Override
    public boolean fills() {
        return engine.infills();
    }

    @Override
    public Draft filled(String before, String after, Draw draw) {
        return drawn(engine.infillPrompt(before, after), List.of(), draw);
    }

    private Draft drawn(String prompt, List<String> stop, Draw draw) {
        if (recordings.isEmpty()) {
            return generated(prompt, stop, draw);
        }
        String key = Recordings.key(prompt, stop, draw);
        return recordings.get().find(key).orElseGet(() -> {
            Draft draft = generated(prompt, stop, draw);
            recordings.get().add(key, draft);
            return draft;
        });
    }

    private Draft generated(String prompt, List<String> stop, Draw draw) {
        Sampling sampling = draw.temperature() == 0
                ? Sampling.GREEDY
                : Sampling.BALANCED.withTemperature((float) draw.temperature()).withSeed(draw.seed());
        GenerationRequest request = new GenerationRequest(prompt, sampling, draw.maxTokens(), stop, "", DEADLINE);
        try (Generation generation = engine.generate(request)) {
            GenerationResult result = generation.await();
            return new Draft(
                    result.text(),
                    result.promptTokens(),
                    result.outputTokens(),
                    result.finish() == FinishReason.LENGTH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineError.DEADLINE, "The caller was interrupted while it waited.", e);
        }
    }
}
