package dev.quipu.training.data;

import dev.langchain4j.model.chat.ChatModel;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Says a question in another language and back (Sennrich, Haddow and Birch, 2016), by any chat model. What comes back is
 * taken only if it is another sentence of the same language and about the same length, in which every number, id and mark is
 * still there: a small model's translation often is not.
 */
public final class BackTranslation implements Augmentation {
    private static final double SHORTER = 0.5;
    private static final double LONGER = 2;

    private final ChatModel model;

    public BackTranslation(ChatModel model) {
        this.model = model;
    }

    @Override
    public Optional<Content> of(Content content, RandomGenerator random) {
        return Questions.changed(content, this::there);
    }

    private Optional<String> there(String text) {
        boolean chinese = Tongue.of(text).equals("zh");
        String abroad = translated(text, chinese ? "English" : "Chinese");
        String back = translated(abroad, chinese ? "Chinese" : "English");
        double length = (double) back.length() / Math.max(1, text.length());
        boolean usable = !back.equals(text)
                && length >= SHORTER
                && length <= LONGER
                && Tongue.of(back).equals("zh") == chinese
                && Questions.precious(back).equals(Questions.precious(text));
        return usable ? Optional.of(back) : Optional.empty();
    }

    private String translated(String text, String language) {
        return model.chat("Translate this into " + language
                        + ". Keep numbers, ids and words in angle brackets as they are. Answer with the translation"
                        + " alone.\n\n" + text)
                .strip();
    }
}
