package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.llama.TokenLikelihood;
import dev.quipu.llama.TokenLikelihood.Scored;
import java.util.List;

/** Probabilities of tokens in OpenAI's forms. */
final class OpenAiLogprobs {
    /** What OpenAI writes for a token that is next to impossible; JSON has no infinity. */
    private static final double LEAST = -9999;

    private OpenAiLogprobs() {}

    static ObjectNode ofChat(List<TokenLikelihood> likelihoods) {
        ObjectNode all = Json.create();
        ArrayNode content = all.putArray("content");
        for (TokenLikelihood one : likelihoods) {
            ObjectNode token = content.addObject();
            put(token, one.token());
            ArrayNode top = token.putArray("top_logprobs");
            one.top().forEach(other -> put(top.addObject(), other));
        }
        return all.putNull("refusal");
    }

    private static void put(ObjectNode token, Scored scored) {
        token.put("token", scored.text()).put("logprob", logarithm(scored));
        ArrayNode bytes = token.putArray("bytes");
        scored.bytes().forEach(bytes::add);
    }

    /** The older form, in which lists stand side by side. */
    static ObjectNode ofCompletion(List<TokenLikelihood> likelihoods) {
        ObjectNode all = Json.create();
        ArrayNode tokens = all.putArray("tokens");
        ArrayNode logarithms = all.putArray("token_logprobs");
        ArrayNode tops = all.putArray("top_logprobs");
        ArrayNode offsets = all.putArray("text_offset");
        int offset = 0;
        for (TokenLikelihood one : likelihoods) {
            String text = one.token().text();
            tokens.add(text);
            logarithms.add(logarithm(one.token()));
            ObjectNode top = tops.addObject();
            one.top().forEach(other -> top.put(other.text(), logarithm(other)));
            offsets.add(offset);
            offset += text.length();
        }
        return all;
    }

    private static double logarithm(Scored scored) {
        return Math.max(LEAST, scored.logarithm());
    }
}
