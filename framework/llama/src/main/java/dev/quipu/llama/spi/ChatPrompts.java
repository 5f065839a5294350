package dev.quipu.llama.spi;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.ModelInfo;
import dev.quipu.llama.template.ChatTemplate;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The prompts that a model's own chat template makes of conversations. Thread-safe.
 *
 * <p>The template is parsed on the first use: a model whose template is broken still completes plain prompts. Only the
 * template writes special tokens; in messages their texts are plain text.
 */
public final class ChatPrompts {
    private final ModelInfo model;
    private final Supplier<SpecialTexts> vocabulary;
    private volatile @Nullable ChatTemplate template;
    private volatile @Nullable SpecialTexts specials;

    /** @param vocabulary read on the first use */
    public ChatPrompts(ModelInfo model, Supplier<SpecialTexts> vocabulary) {
        this.model = model;
        this.vocabulary = vocabulary;
    }

    /**
     * The prompt up to where the reply begins. Where the template has no place for tools, or writes calls otherwise
     * than as JSON, they, calls and results are told in words.
     *
     * @throws EngineException if the model has no template
     * @throws dev.quipu.llama.template.TemplateException if the template is broken or refuses the conversation
     */
    public String render(List<ChatMessage> messages, List<ToolSpecification> tools) {
        ChatTemplate parsed = template();
        List<ChatMessage> plain = new PlainMessages(specials()).of(messages);
        boolean inWords = !parsed.supportsTools() || parsed.callForm().isEmpty();
        return parsed.render(ChatTemplate.Input.builder()
                .messages(inWords ? ToolTexts.told(plain, tools) : plain)
                .tools(inWords ? List.of() : tools)
                .bosToken(model.bosToken())
                .eosToken(model.eosToken())
                .build());
    }

    /**
     * The prompt by which the model fills in what is missing between two texts.
     *
     * @throws EngineException if the model was not trained to
     */
    public String infill(String prefix, String suffix) {
        SpecialTexts texts = specials();
        return texts.infill()
                .orElseThrow(() -> new EngineException(
                        EngineError.UNSUPPORTED,
                        "The model " + model.description() + " has no tokens for filling in between two texts. Use a"
                                + " model that was trained to, such as qwen2.5-coder, or send no text after the gap."))
                .prompt(texts.plain(prefix), texts.plain(suffix));
    }

    /** Whether {@link #infill} works. */
    public boolean infills() {
        return specials().infill().isPresent();
    }

    private SpecialTexts specials() {
        SpecialTexts known = specials;
        if (known == null) {
            known = vocabulary.get();
            specials = known;
        }
        return known;
    }

    private ChatTemplate template() {
        ChatTemplate known = template;
        if (known == null) {
            if (model.chatTemplate().isEmpty()) {
                throw new EngineException(
                        EngineError.TEMPLATE, "The model has no chat template. Pass a prompt instead of messages.");
            }
            known = ChatTemplate.parse(model.chatTemplate());
            template = known;
        }
        return known;
    }
}
