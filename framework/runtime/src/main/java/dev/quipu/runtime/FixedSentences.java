package dev.quipu.runtime;

import dev.quipu.Knowledge;
import dev.quipu.Language;
import dev.quipu.Question;

/**
 * Finds the sentence for a situation: the business's own for the key, then for the wider key before each of its dots,
 * then a built-in one that names nothing and promises nothing.
 */
final class FixedSentences {
    static final String UNKNOWN = "unknown";
    static final String CLARIFY = "clarify";
    static final String UNAVAILABLE = "unavailable";
    static final String REFUSED = "refused";
    static final String HAND_OVER = "hand-over";

    private final Knowledge knowledge;

    FixedSentences(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** The business's sentence; empty when it has none for the key or a wider one. */
    String own(String key, Question question) {
        for (String wider = key; !wider.isEmpty(); wider = wider.substring(0, Math.max(0, wider.lastIndexOf('.')))) {
            String sentence = knowledge.phrase(wider, question).strip();
            if (!sentence.isEmpty()) {
                return sentence;
            }
        }
        return "";
    }

    /** The built-in sentence for a situation. */
    static String builtIn(String situation, Language language) {
        return switch (language) {
            case ENGLISH -> english(situation);
            case CHINESE -> chinese(situation);
        };
    }

    private static String english(String situation) {
        return switch (situation) {
            case CLARIFY -> "Could you tell me a little more precisely what you need?";
            case UNAVAILABLE -> "I cannot look that up at the moment. Please try again later.";
            case REFUSED -> "I am not able to help with that here.";
            case HAND_OVER -> "A colleague of ours will have to help you with that.";
            default -> "I am sorry, I do not know that.";
        };
    }

    private static String chinese(String situation) {
        return switch (situation) {
            case CLARIFY -> "请问您能再具体说明一下您的需求吗？";
            case UNAVAILABLE -> "抱歉，目前暂时无法查询，请稍后再试。";
            case REFUSED -> "抱歉，这项请求我无法在这里处理。";
            case HAND_OVER -> "这个问题需要由我们的同事来为您处理。";
            default -> "抱歉，我不了解这方面的信息。";
        };
    }
}
