package dev.quipu.llama.worker.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineCapabilities;
import dev.quipu.llama.EngineCounters;
import dev.quipu.llama.EngineLostException;
import dev.quipu.llama.EngineMetrics;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.ModelInfo;
import dev.quipu.llama.spi.ChatPrompts;
import dev.quipu.llama.spi.SpecialTexts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An engine in a process of its own: what ends that process ends neither this one nor conversations that do not use the
 * engine at that moment.
 *
 * <p>A request that was under way fails with an {@link dev.quipu.llama.EngineLostException}; the process is started again
 * with the same options and adapters, and requests that come meanwhile wait for it, within their deadlines.
 */
final class WorkerEngine implements Engine {
    private final WorkerKeeper keeper;
    private final EngineCapabilities capabilities;
    private final ModelInfo info;
    private final ChatPrompts prompts;
    private volatile EngineMetrics heard = EngineMetrics.of(new EngineCounters(0, 0, 0, 0, 0));

    WorkerEngine(EngineOptions options) {
        keeper = new WorkerKeeper(options);
        Message.Ready ready = keeper.current().ready();
        capabilities = ready.capabilities();
        info = ready.model();
        prompts = new ChatPrompts(info, () -> SpecialTexts.of(options.model()));
    }

    @Override
    public EngineCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public ModelInfo model() {
        return info;
    }

    @Override
    public EngineCounters counters() {
        return metrics().counters();
    }

    /**
     * What the process that runs now has done; it starts from nothing after a crash. While one is being started, what was
     * last heard: whoever watches a service wants an answer then most of all.
     */
    @Override
    public EngineMetrics metrics() {
        try {
            keeper.ready().ifPresent(p -> heard = p.ask(Message.Measure::new, EngineMetrics.class));
        } catch (EngineLostException e) {
            // It ended just now.
        }
        return heard;
    }

    @Override
    public int[] tokenize(String text, boolean special) {
        return keeper.current().ask(id -> new Message.Tokenize(id, text, special), int[].class);
    }

    @Override
    public String detokenize(int[] tokens, boolean special) {
        List<Integer> copy = Arrays.stream(tokens).boxed().toList();
        return keeper.current().ask(id -> new Message.Detokenize(id, copy, special), String.class);
    }

    /** Made in this process: a template is text, not native code. */
    @Override
    public String chatPrompt(List<ChatMessage> messages, List<ToolSpecification> tools) {
        return prompts.render(messages, tools);
    }

    @Override
    public String infillPrompt(String prefix, String suffix) {
        return prompts.infill(prefix, suffix);
    }

    @Override
    public boolean infills() {
        return prompts.infills();
    }

    @Override
    public Generation generate(GenerationRequest request) {
        return keeper.generate(request);
    }

    @Override
    public void loadAdapter(String name, Path file) {
        String path = file.toAbsolutePath().toString();
        keeper.current().ask(id -> new Message.LoadAdapter(id, name, path), JsonNode.class);
        keeper.remember(name, path);
    }

    @Override
    public void unloadAdapter(String name) {
        keeper.current().ask(id -> new Message.UnloadAdapter(id, name), JsonNode.class);
        keeper.forget(name);
    }

    @Override
    public List<String> adapters() {
        return keeper.adapters();
    }

    /** The process that serves now; for tests that end it. */
    ProcessHandle process() {
        return keeper.current().handle();
    }

    @Override
    public void close() {
        keeper.close();
    }
}
