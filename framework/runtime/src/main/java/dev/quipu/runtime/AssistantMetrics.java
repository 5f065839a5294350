package dev.quipu.runtime;

import dev.quipu.Answer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What an assistant has done since it was built.
 *
 * @param answers acknowledged answers by path; every path has an entry
 * @param degraded answers that were given while a part was away, see {@link Answer#degraded()}; counted under their path too
 * @param errors questions that ended in an error instead of an answer
 * @param p50Millis half of the latest answers were faster; 0 before the first
 * @param p95Millis 95 of 100 of the latest answers were faster; 0 before the first
 * @param conversations conversations held in memory
 * @param running turns that are being answered
 * @param waiting turns that wait for an earlier turn of their conversation
 */
public record AssistantMetrics(
        Map<Answer.Path, Long> answers,
        long degraded,
        long errors,
        double p50Millis,
        double p95Millis,
        int conversations,
        int running,
        int waiting) {
    public AssistantMetrics {
        answers = Collections.unmodifiableMap(new EnumMap<>(answers));
    }
}
