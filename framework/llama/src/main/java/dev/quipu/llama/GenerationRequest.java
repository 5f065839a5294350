package dev.quipu.llama;

import dev.quipu.llama.grammar.Grammar;
import java.time.Duration;
import java.util.List;

/**
 * What to generate.
 *
 * @param prompt the text to continue, not empty; special tokens in it count as such
 * @param sampling how tokens are drawn
 * @param maxTokens tokens to generate at most
 * @param stop texts that end the generation and are not part of it
 * @param grammar GBNF that the output has to follow, with the rule {@code root}; empty for free output. A {@link
 *     dev.quipu.llama.grammar.GrammarException} says why one cannot be followed
 * @param deadline time from the call to the last token
 * @param share on whose account, and how urgently
 * @param adapters that act together, none for the model as it is
 */
public record GenerationRequest(
        String prompt,
        Sampling sampling,
        int maxTokens,
        List<String> stop,
        String grammar,
        Duration deadline,
        Share share,
        List<AdapterUse> adapters) {
    private static final Duration LONGEST = Duration.ofDays(365);

    public GenerationRequest {
        stop = List.copyOf(stop);
        adapters = List.copyOf(adapters);
        if (adapters.size() > 8
                || adapters.stream().map(AdapterUse::name).distinct().count() < adapters.size()) {
            throw new EngineException(
                    EngineError.OPTION, "A request may have up to 8 adapters, each of them once: " + adapters + ".");
        }
        if (prompt.isEmpty()) {
            throw new EngineException(EngineError.OPTION, "The prompt is empty. Pass some text to continue.");
        }
        if (maxTokens < 1 || maxTokens > 1 << 20) {
            throw new EngineException(
                    EngineError.OPTION, "maxTokens is " + maxTokens + ", but has to be from 1 to 1048576.");
        }
        if (stop.size() > 64 || stop.stream().anyMatch(String::isEmpty)) {
            throw new EngineException(EngineError.OPTION, "There may be up to 64 stop texts, none of them empty.");
        }
        if (!grammar.isEmpty()) {
            Grammar.gbnf(grammar);
        }
        if (!deadline.isPositive() || deadline.compareTo(LONGEST) > 0) {
            throw new EngineException(
                    EngineError.OPTION, "The deadline is " + deadline + ", but has to be positive and up to a year.");
        }
    }

    /** For the nameless tenant and the model as it is. */
    public GenerationRequest(
            String prompt, Sampling sampling, int maxTokens, List<String> stop, String grammar, Duration deadline) {
        this(prompt, sampling, maxTokens, stop, grammar, deadline, Share.DEFAULT, List.of());
    }

    /** Greedy generation of up to 256 tokens within five minutes. */
    public static GenerationRequest of(String prompt) {
        return new GenerationRequest(prompt, Sampling.GREEDY, 256, List.of(), "", Duration.ofMinutes(5));
    }

    public GenerationRequest withPrompt(String value) {
        return new GenerationRequest(value, sampling, maxTokens, stop, grammar, deadline, share, adapters);
    }

    public GenerationRequest withSampling(Sampling value) {
        return new GenerationRequest(prompt, value, maxTokens, stop, grammar, deadline, share, adapters);
    }

    public GenerationRequest withMaxTokens(int value) {
        return new GenerationRequest(prompt, sampling, value, stop, grammar, deadline, share, adapters);
    }

    public GenerationRequest withStop(List<String> value) {
        return new GenerationRequest(prompt, sampling, maxTokens, value, grammar, deadline, share, adapters);
    }

    public GenerationRequest withGrammar(String value) {
        return new GenerationRequest(prompt, sampling, maxTokens, stop, value, deadline, share, adapters);
    }

    public GenerationRequest withGrammar(Grammar value) {
        return withGrammar(value.gbnf());
    }

    /** Binds the output to exactly one of some texts. */
    public GenerationRequest withChoices(List<String> choices) {
        return withGrammar(Grammar.choice(choices));
    }

    public GenerationRequest withDeadline(Duration value) {
        return new GenerationRequest(prompt, sampling, maxTokens, stop, grammar, value, share, adapters);
    }

    public GenerationRequest withShare(Share value) {
        return new GenerationRequest(prompt, sampling, maxTokens, stop, grammar, deadline, value, adapters);
    }

    public GenerationRequest withAdapters(List<AdapterUse> value) {
        return new GenerationRequest(prompt, sampling, maxTokens, stop, grammar, deadline, share, value);
    }
}
