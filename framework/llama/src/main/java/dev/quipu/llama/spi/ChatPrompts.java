package dev.quipu.llama.spi;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.ModelInfo;
import dev.quipu.llama.template.ChatTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The prompts that a model's own chat template makes of conversations. Thread-safe.
 *
 * <p>The template is parsed on the first use: a model whose template is broken still completes plain prompts.
 */
public final class ChatPrompts {
    private final ModelInfo model;
    private volatile @Nullable ChatTemplate template;

    public ChatPrompts(ModelInfo model) {
        this.model = model;
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
        boolean inWords = !parsed.supportsTools() || parsed.callForm().isEmpty();
        return parsed.render(ChatTemplate.Input.builder()
                .messages(inWords ? ToolTexts.told(messages, tools) : messages)
                .tools(inWords ? List.of() : tools)
                .bosToken(model.bosToken())
                .eosToken(model.eosToken())
                .build());
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
