package dev.quipu.llama.template;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model's chat template: turns a conversation into the prompt that the model was trained on.
 *
 * <p>Understands Jinja as Hugging Face's libraries set it up for chat templates ({@code trim_blocks}, {@code
 * lstrip_blocks}, loop controls, {@code raise_exception}, {@code strftime_now}, {@code tojson} without HTML escapes).
 * A template is untrusted: it reaches nothing but the values it is given, and work, depth and text are bounded.
 *
 * <p>Immutable and thread-safe. Every failure is a {@link TemplateException}.
 */
public final class ChatTemplate {
    private final TemplateSource source;
    private final List<Statement> program;
    private volatile @Nullable Capabilities capabilities;
    private volatile Optional<CallForm> callForm = Optional.empty();
    private volatile boolean callFormKnown;

    private ChatTemplate(TemplateSource source, List<Statement> program) {
        this.source = source;
        this.program = program;
    }

    /**
     * Parses a template.
     *
     * @throws TemplateException if it is not valid, or larger or deeper than any real one
     */
    public static ChatTemplate parse(String source) {
        TemplateSource normal = TemplateSource.of(source);
        try {
            return new ChatTemplate(normal, StatementParser.parse(normal));
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    /**
     * Renders a conversation.
     *
     * <p>Where the template has no place for a system message, the text of the leading system messages goes before the
     * first user message, separated by an empty line, and the decision is logged.
     *
     * @throws TemplateException if the template refuses the conversation, fails, or exceeds its bounds
     */
    public String render(Input input) {
        return new Rendering(this).render(input);
    }

    /** The template's text, with line ends normalised. */
    public String source() {
        return source.text();
    }

    /** Whether the template shows tools to the model; found out by rendering, once. */
    public boolean supportsTools() {
        return capabilities().tools();
    }

    /** Whether the template shows a system message to the model; found out by rendering, once. */
    public boolean supportsSystemMessage() {
        return capabilities().systemMessage();
    }

    /**
     * How an assistant's calls of tools are written; empty where the template shows none, or not with arguments as JSON.
     * Found out by rendering, once.
     */
    public Optional<CallForm> callForm() {
        if (!callFormKnown) {
            callForm = CallFormProbe.of(this);
            callFormKnown = true;
        }
        return callForm;
    }

    /** Two threads may both find out; they find the same. */
    Capabilities capabilities() {
        Capabilities known = capabilities;
        if (known == null) {
            known = Capabilities.of(this);
            capabilities = known;
        }
        return known;
    }

    /** Runs the program with variables as they are. */
    String run(Map<String, Value> variables, Clock clock) {
        try {
            return Evaluator.render(program, new Execution(source, clock, Limits.STANDARD), variables);
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    /** The limits on depth fit a stack of half a megabyte; a caller's thread may have less. */
    private static TemplateException tooDeep(StackOverflowError cause) {
        return new TemplateException(
                TemplateError.TOO_DEEP, "The template nests too deep for the stack of this thread.", 0, 0, cause);
    }

    /**
     * A conversation and what a template may want to know besides.
     *
     * @param messages the conversation, oldest first
     * @param tools what the model may call; empty for none
     * @param addGenerationPrompt whether the prompt ends where the model's answer begins
     * @param bosToken the text of the token that begins a sequence; empty for none
     * @param eosToken the text of the token that ends one; empty for none
     * @param extras further variables, such as {@code enable_thinking} (true unless set here): strings, numbers,
     *     booleans, lists and maps of them
     * @param clock the day and time that the template may print, in the clock's zone
     */
    public record Input(
            List<ChatMessage> messages,
            List<ToolSpecification> tools,
            boolean addGenerationPrompt,
            String bosToken,
            String eosToken,
            Map<String, Object> extras,
            Clock clock) {
        public Input {
            messages = List.copyOf(messages);
            tools = List.copyOf(tools);
            extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
        }

        /** A builder for a conversation that ends where the answer begins, without tools, on the system's clock. */
        public static Builder builder() {
            return new Builder();
        }

        /** Builds an {@link Input}. */
        public static final class Builder {
            private List<ChatMessage> messages = List.of();
            private List<ToolSpecification> tools = List.of();
            private boolean addGenerationPrompt = true;
            private String bosToken = "";
            private String eosToken = "";
            private Map<String, Object> extras = Map.of();
            private Clock clock = Clock.system(ZoneId.systemDefault());

            private Builder() {}

            /** The conversation, oldest first; none unless set. */
            public Builder messages(List<? extends ChatMessage> messages) {
                this.messages = List.copyOf(messages);
                return this;
            }

            /** What the model may call; nothing unless set. */
            public Builder tools(List<ToolSpecification> tools) {
                this.tools = tools;
                return this;
            }

            /** Whether the prompt ends where the answer begins; true unless set. */
            public Builder addGenerationPrompt(boolean addGenerationPrompt) {
                this.addGenerationPrompt = addGenerationPrompt;
                return this;
            }

            /** The text of the token that begins a sequence; empty unless set. */
            public Builder bosToken(String bosToken) {
                this.bosToken = bosToken;
                return this;
            }

            /** The text of the token that ends a sequence; empty unless set. */
            public Builder eosToken(String eosToken) {
                this.eosToken = eosToken;
                return this;
            }

            /** Further variables; they win over the standard ones. */
            public Builder extras(Map<String, Object> extras) {
                this.extras = extras;
                return this;
            }

            /** The day and time that the template may print; the system's clock and zone unless set. */
            public Builder clock(Clock clock) {
                this.clock = clock;
                return this;
            }

            public Input build() {
                return new Input(messages, tools, addGenerationPrompt, bosToken, eosToken, extras, clock);
            }
        }
    }
}
