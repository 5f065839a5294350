package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.quipu.llama.TokenLikelihood;
import dev.quipu.llama.TokenLikelihood.Scored;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Probabilities of tokens from the logits of a pass. For the loop's thread. */
final class Likelihoods {
    private final Llama llama;
    private final Vocabulary vocabulary;
    private final int reported;

    /** @param reported how many of the likeliest, -1 for nothing at all */
    Likelihoods(Llama llama, Vocabulary vocabulary, int reported) {
        this.llama = llama;
        this.vocabulary = vocabulary;
        this.reported = reported;
    }

    Optional<TokenLikelihood> of(MemorySegment context, int place, int token) {
        if (reported < 0) {
            return Optional.empty();
        }
        float[] logits = NativeCall.call(() -> (MemorySegment) llama.logits.invokeExact(context, place))
                .reinterpret(4L * vocabulary.size())
                .toArray(JAVA_FLOAT);
        double normal = logSum(logits);
        List<Scored> top = new ArrayList<>();
        for (int id : likeliest(logits)) {
            top.add(scored(id, logits[id] - normal));
        }
        return Optional.of(new TokenLikelihood(scored(token, logits[token] - normal), top));
    }

    private static double logSum(float[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - most);
        }
        return most + Math.log(sum);
    }

    private List<Integer> likeliest(float[] logits) {
        PriorityQueue<Integer> best = new PriorityQueue<>(Comparator.comparingDouble(id -> logits[id]));
        for (int id = 0; id < logits.length && reported > 0; id++) {
            if (best.size() < reported) {
                best.add(id);
            } else if (logits[id] > logits[best.element()]) {
                best.remove();
                best.add(id);
            }
        }
        return best.stream()
                .sorted(Comparator.comparingDouble((Integer id) -> logits[id]).reversed())
                .toList();
    }

    private Scored scored(int id, double logarithm) {
        List<Integer> bytes = new ArrayList<>();
        for (byte b : vocabulary.piece(id, true)) {
            bytes.add(b & 0xff);
        }
        return new Scored(id, bytes, logarithm);
    }
}
