package dev.quipu.kg.text;

import dev.langchain4j.model.chat.ChatModel;
import java.util.List;

/**
 * Reads names out of a passage by what it says, where a {@link NameFinder} goes by how words look. It may be slow, so it
 * runs by itself over passages that are there already; see {@link TextGraph#extract}.
 */
@FunctionalInterface
public interface NameReader {
    /** The names of a passage, as they stand in it. What does not stand in it is dropped by the caller. */
    List<String> names(Passage passage);

    /** Asks a chat model, which is bound to a JSON schema. A small one does. */
    static NameReader of(ChatModel model) {
        return new ModelNames(model);
    }
}
