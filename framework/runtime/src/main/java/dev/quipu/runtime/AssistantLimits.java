package dev.quipu.runtime;

import dev.quipu.ApiError;
import dev.quipu.QuipuException;
import java.time.Duration;

/**
 * How much an assistant takes on and how long it waits.
 *
 * @param maxQuestionChars UTF-16 units of a question, {@code quipu.runtime.max-question-chars}
 * @param maxQueuedPerConversation turns of one conversation, running or waiting,
 *     {@code quipu.runtime.max-queued-per-conversation}
 * @param maxQueued turns of all conversations, running or waiting, {@code quipu.runtime.max-queued}
 * @param maxConcurrentSteps steps on databases, rules and models that run at once,
 *     {@code quipu.runtime.max-concurrent-steps}
 * @param maxConversations conversations kept in memory; idle ones above it are forgotten and read back from the log
 *     when they go on, {@code quipu.runtime.max-conversations}
 * @param idle how long a conversation stays in memory without a turn, {@code quipu.runtime.idle}
 * @param turnDeadline from a question to its answer, waiting included, {@code quipu.runtime.turn-deadline}
 * @param chooserDeadline for the choice among readings, {@code quipu.runtime.chooser-deadline}
 * @param phraseDeadline for the model's words, {@code quipu.runtime.phrase-deadline}
 * @param logDeadline for reading or writing the log, {@code quipu.runtime.log-deadline}
 * @param maxPhraseTokens longest text that a model may write, {@code quipu.runtime.max-phrase-tokens}
 */
public record AssistantLimits(
        int maxQuestionChars,
        int maxQueuedPerConversation,
        int maxQueued,
        int maxConcurrentSteps,
        int maxConversations,
        Duration idle,
        Duration turnDeadline,
        Duration chooserDeadline,
        Duration phraseDeadline,
        Duration logDeadline,
        int maxPhraseTokens) {

    public static final AssistantLimits STANDARD = builder().build();

    public AssistantLimits {
        requirePositive("max-question-chars", maxQuestionChars);
        requirePositive("max-queued-per-conversation", maxQueuedPerConversation);
        requirePositive("max-queued", maxQueued);
        requirePositive("max-concurrent-steps", maxConcurrentSteps);
        requirePositive("max-conversations", maxConversations);
        requirePositive("idle", idle.toMillis());
        requirePositive("turn-deadline", turnDeadline.toMillis());
        requirePositive("chooser-deadline", chooserDeadline.toMillis());
        requirePositive("phrase-deadline", phraseDeadline.toMillis());
        requirePositive("log-deadline", logDeadline.toMillis());
        requirePositive("max-phrase-tokens", maxPhraseTokens);
    }

    private static void requirePositive(String key, long value) {
        if (value <= 0) {
            throw new QuipuException(
                    ApiError.MALFORMED, "quipu.runtime." + key + " is " + value + " but has to be above 0. Raise it.");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Starts from the standard limits; each setter replaces one. */
    public static final class Builder {
        private int maxQuestionChars = 4000;
        private int maxQueuedPerConversation = 8;
        private int maxQueued = 1024;
        private int maxConcurrentSteps = 64;
        private int maxConversations = 10_000;
        private Duration idle = Duration.ofMinutes(30);
        private Duration turnDeadline = Duration.ofSeconds(30);
        private Duration chooserDeadline = Duration.ofSeconds(8);
        private Duration phraseDeadline = Duration.ofSeconds(15);
        private Duration logDeadline = Duration.ofSeconds(10);
        private int maxPhraseTokens = 256;

        private Builder() {}

        public Builder maxQuestionChars(int value) {
            maxQuestionChars = value;
            return this;
        }

        public Builder maxQueuedPerConversation(int value) {
            maxQueuedPerConversation = value;
            return this;
        }

        public Builder maxQueued(int value) {
            maxQueued = value;
            return this;
        }

        public Builder maxConcurrentSteps(int value) {
            maxConcurrentSteps = value;
            return this;
        }

        public Builder maxConversations(int value) {
            maxConversations = value;
            return this;
        }

        public Builder idle(Duration value) {
            idle = value;
            return this;
        }

        public Builder turnDeadline(Duration value) {
            turnDeadline = value;
            return this;
        }

        public Builder chooserDeadline(Duration value) {
            chooserDeadline = value;
            return this;
        }

        public Builder phraseDeadline(Duration value) {
            phraseDeadline = value;
            return this;
        }

        public Builder logDeadline(Duration value) {
            logDeadline = value;
            return this;
        }

        public Builder maxPhraseTokens(int value) {
            maxPhraseTokens = value;
            return this;
        }

        public AssistantLimits build() {
            return new AssistantLimits(
                    maxQuestionChars,
                    maxQueuedPerConversation,
                    maxQueued,
                    maxConcurrentSteps,
                    maxConversations,
                    idle,
                    turnDeadline,
                    chooserDeadline,
                    phraseDeadline,
                    logDeadline,
                    maxPhraseTokens);
        }
    }
}
