package dev.quipu.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Changes what users say in a row. */
final class Questions {
    private static final Pattern PRECIOUS = Pattern.compile("<\\w+>|[#\\p{Alpha}]*\\d[\\p{Alnum}.,:/-]*");

    private Questions() {}

    /** Empty if nothing was changed. */
    static Optional<Content> changed(Content content, Function<String, Optional<String>> change) {
        return switch (content) {
            case Content.Chat chat -> {
                List<Message> messages = new ArrayList<>();
                for (Message message : chat.messages()) {
                    messages.add(
                            message.role() == Message.Role.USER
                                    ? change.apply(message.content())
                                            .map(text -> new Message(message.role(), text))
                                            .orElse(message)
                                    : message);
                }
                yield messages.equals(chat.messages()) ? Optional.empty() : Optional.of(new Content.Chat(messages));
            }
            case Content.Completion pair ->
                change.apply(pair.prompt()).map(prompt -> new Content.Completion(prompt, pair.completion()));
            case Content.Document document -> Optional.empty();
        };
    }

    /** Numbers, ids and marks of what was masked: whatever else changes, these must not. */
    static List<String> precious(String text) {
        return PRECIOUS.matcher(text)
                .results()
                .map(m -> strip(m.group()))
                .sorted()
                .toList();
    }

    private static String strip(String number) {
        return number.replaceAll("[.,:/-]+$", "");
    }
}
