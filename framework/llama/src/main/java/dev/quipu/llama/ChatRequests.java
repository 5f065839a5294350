package dev.quipu.llama;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.quipu.llama.grammar.Grammar;
import dev.quipu.llama.grammar.GrammarError;
import dev.quipu.llama.grammar.GrammarException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes requests of the engine from LangChain4j's. */
final class ChatRequests {
    private static final Logger LOG = LoggerFactory.getLogger(ChatRequests.class);
    private static final int MAX_TOKENS = 512;

    private final Engine engine;
    private final String name;
    private final ChatTerms terms;
    private volatile @Nullable ToolFormat format;

    ChatRequests(Engine engine, String name, ChatTerms terms) {
        this.engine = engine;
        this.name = name;
        this.terms = terms;
    }

    /** @throws UnsupportedFeatureException for another model, and for what no model here can */
    void requireSupported(ChatRequestParameters parameters) {
        if (parameters.modelName() != null && !parameters.modelName().equals(name)) {
            throw new UnsupportedFeatureException("The modelName '" + parameters.modelName()
                    + "' is not supported: this engine has loaded '" + name + "'");
        }
    }

    /** What the model may call in a request. */
    static List<ToolSpecification> tools(ChatRequest chat) {
        return chat.toolSpecifications() == null || chat.toolChoice() == ToolChoice.NONE
                ? List.of()
                : chat.toolSpecifications();
    }

    GenerationRequest request(ChatRequest chat) {
        requireSupported(chat.parameters());
        chat.messages().forEach(ChatRequests::requireText);
        List<ToolSpecification> tools = tools(chat);
        return new GenerationRequest(
                engine.chatPrompt(chat.messages(), tools),
                sampling(chat),
                chat.maxOutputTokens() == null ? MAX_TOKENS : chat.maxOutputTokens(),
                chat.stopSequences() == null ? List.of() : chat.stopSequences(),
                grammar(chat, named(tools).isEmpty() ? tools : named(tools)),
                terms.deadline(),
                terms.share(),
                terms.adapters());
    }

    private static void requireText(ChatMessage message) {
        if (message instanceof UserMessage user) {
            user.contents().stream()
                    .filter(c -> c.type() != ContentType.TEXT)
                    .findFirst()
                    .ifPresent(c -> {
                        throw new UnsupportedFeatureException(
                                "Content of the type " + c.type().name().toLowerCase(java.util.Locale.ROOT)
                                        + " is not supported: the engine takes text");
                    });
        }
    }

    private Sampling sampling(ChatRequest chat) {
        Sampling sampling = terms.sampling();
        if (chat.temperature() != null) {
            sampling = sampling.withTemperature(chat.temperature().floatValue());
        }
        if (chat.topP() != null) {
            sampling = sampling.withTopP(chat.topP().floatValue());
        }
        if (chat.topK() != null) {
            sampling = sampling.withTopK(chat.topK());
        }
        return sampling.withPenalties(
                sampling.repetitionPenalty(),
                chat.frequencyPenalty() == null
                        ? sampling.frequencyPenalty()
                        : chat.frequencyPenalty().floatValue(),
                chat.presencePenalty() == null
                        ? sampling.presencePenalty()
                        : chat.presencePenalty().floatValue());
    }

    /** An answer is text, calls, or both; a format binds what is not a call, and a required call is all there is. */
    private String grammar(ChatRequest chat, List<ToolSpecification> tools) {
        if (mustCall(chat)) {
            return format().calls(tools).gbnf();
        }
        Optional<Grammar> bound = format(chat.responseFormat());
        if (bound.isPresent()) {
            return tools.isEmpty()
                    ? bound.get().gbnf()
                    : Grammar.anyOf(List.of(bound.get(), format().boundCalls(tools)))
                            .gbnf();
        }
        return tools.isEmpty() ? "" : format().textOrCalls(tools).gbnf();
    }

    /**
     * What to ask in place of an answer that does nothing but repeat calls which were answered since the user last spoke:
     * the same conversation with no tool on offer. With the tools in sight a small model goes on to talk of calling them.
     * Nothing where the answer stands.
     */
    Optional<GenerationRequest> insteadOf(ToolCalls.Found answer, ChatRequest chat) {
        if (terms.calling().repeating()
                || !answer.text().isEmpty()
                || mustCall(chat)
                || !RepeatedCalls.allAnswered(chat.messages(), answer.calls())) {
            return Optional.empty();
        }
        LOG.atInfo()
                .addKeyValue("tool", answer.calls().getFirst().name())
                .log("The model repeats a call that was answered, and is asked for an answer");
        Grammar bound = format(chat.responseFormat()).orElseGet(() -> format().text());
        GenerationRequest same = request(chat);
        return Optional.of(new GenerationRequest(
                engine.chatPrompt(chat.messages(), List.of()),
                same.sampling(),
                same.maxTokens(),
                same.stop(),
                bound.gbnf(),
                same.deadline(),
                same.share(),
                same.adapters()));
    }

    private static Optional<Grammar> format(@Nullable ResponseFormat format) {
        if (format == null || format.type() != ResponseFormatType.JSON) {
            return Optional.empty();
        }
        return Optional.of(
                format.jsonSchema() == null
                        ? Grammar.jsonObject()
                        : Grammar.jsonSchema(
                                JsonSchemas.text(format.jsonSchema().rootElement())));
    }

    private boolean mustCall(ChatRequest chat) {
        List<ToolSpecification> tools = tools(chat);
        return !tools.isEmpty()
                && (chat.toolChoice() == ToolChoice.REQUIRED || !named(tools).isEmpty());
    }

    private List<ToolSpecification> named(List<ToolSpecification> tools) {
        return tools.stream()
                .filter(t -> terms.calling().named().filter(t.name()::equals).isPresent())
                .toList();
    }

    /** How the model writes calls; found out when a request first offers tools. */
    private ToolFormat format() {
        ToolFormat known = format;
        if (known == null) {
            known = ToolFormat.of(engine.model());
            format = known;
        }
        return known;
    }

    /** A reader of the answer's calls. */
    ToolCalls calls(ChatRequest chat) {
        List<ToolSpecification> tools = tools(chat);
        return tools.isEmpty() ? ToolCalls.NONE : new ToolCalls(format(), tools);
    }

    /**
     * Lets a result through that is whole.
     *
     * @throws GrammarException if a bound answer was cut off: it is not what it was bound to
     */
    GenerationResult requireWhole(GenerationResult result, ChatRequest chat) {
        boolean bound = mustCall(chat) || format(chat.responseFormat()).isPresent();
        if (bound && result.finish() == FinishReason.LENGTH) {
            throw new GrammarException(
                    GrammarError.CUT_OFF,
                    "The answer was cut off after " + result.outputTokens()
                            + " tokens and is not what it was bound to. Raise maxOutputTokens or the context size.");
        }
        return result;
    }
}
