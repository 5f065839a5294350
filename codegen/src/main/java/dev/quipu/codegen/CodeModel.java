package dev.quipu.codegen;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Writes drafts. Thread-safe: several are asked for side by side.
 *
 * <p>Any LangChain4j model is one, by {@link #of}. A model in the process can do more: begin its own reply with words that
 * are given, so that the reply is code from its first token on.
 */
public interface CodeModel {
    /** By this name its family is known, and with it how it is asked. */
    String name();

    /** Replies to a conversation. */
    Draft reply(List<ChatMessage> conversation, Draw draw);

    /** Whether {@link #begun} works. */
    default boolean steerable() {
        return false;
    }

    /**
     * Replies to a conversation with a reply whose beginning is given; the draft is what follows it.
     *
     * @param stop texts that end the reply
     */
    default Draft begun(List<ChatMessage> conversation, String beginning, List<String> stop, Draw draw) {
        throw new UnsupportedOperationException(name() + " cannot be given the beginning of its reply.");
    }

    /** Whether {@link #filled} works. */
    default boolean fills() {
        return false;
    }

    /** Writes what is missing between two texts of a module (fill in the middle); the draft is that alone. */
    default Draft filled(String before, String after, Draw draw) {
        throw new UnsupportedOperationException(name() + " was not trained to fill in.");
    }

    /** A chat model. Where it draws by a fixed seed, its draws are all alike: give one by seed instead. */
    static CodeModel of(String name, ChatModel model) {
        return new ChatCodeModel(name, seed -> model);
    }

    /** A chat model for each seed. */
    static CodeModel of(String name, IntFunction<? extends ChatModel> bySeed) {
        return new ChatCodeModel(name, bySeed);
    }
}
