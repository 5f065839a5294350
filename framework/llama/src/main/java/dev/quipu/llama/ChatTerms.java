package dev.quipu.llama;

import java.time.Duration;
import java.util.List;

/**
 * What a chat model asks of its engine with every request, beside what the request says itself.
 *
 * @param sampling where the request says nothing
 * @param deadline time from the call to the last token
 * @param share on whose account
 * @param adapters that act together, none for the model as it is
 * @param calling how it is held to tools
 */
record ChatTerms(Sampling sampling, Duration deadline, Share share, List<AdapterUse> adapters, Calling calling) {
    static final ChatTerms STANDARD =
            new ChatTerms(Sampling.BALANCED, Duration.ofMinutes(5), Share.DEFAULT, List.of(), Calling.FREE);

    ChatTerms {
        adapters = List.copyOf(adapters);
    }

    ChatTerms with(Sampling value, Duration until) {
        return new ChatTerms(value, until, share, adapters, calling);
    }

    ChatTerms as(Share value) {
        return new ChatTerms(sampling, deadline, value, adapters, calling);
    }

    ChatTerms adapted(List<AdapterUse> value) {
        return new ChatTerms(sampling, deadline, share, value, calling);
    }

    ChatTerms calling(Calling value) {
        return new ChatTerms(sampling, deadline, share, adapters, value);
    }
}
