package dev.quipu.training.data;

import java.util.List;
import java.util.Optional;

/**
 * There is something to learn, and not more than a row may have.
 *
 * @param least characters of the text
 * @param most characters of the text
 */
record LengthFilter(int least, int most) implements RowFilter {
    LengthFilter {
        DataException.require(
                least >= 1 && most >= least, "the length of a row is from " + least + " to " + most + " characters");
    }

    @Override
    public String name() {
        return "length";
    }

    @Override
    public Optional<Finding> check(Row row, Reading reading) {
        Optional<Finding> unlearnable = switch (row.content()) {
            case Content.Chat chat -> conversation(chat.messages());
            case Content.Completion pair ->
                pair.completion().isBlank()
                        ? Optional.of(new Finding("no answer", "the completion is empty"))
                        : Optional.empty();
            case Content.Document document -> Optional.empty();
        };
        int length = reading.text().strip().length();
        if (unlearnable.isPresent()) {
            return unlearnable;
        }
        if (length < least) {
            return Optional.of(new Finding("too short", length + " characters, limit " + least));
        }
        return length > most
                ? Optional.of(new Finding("too long", length + " characters, limit " + most))
                : Optional.empty();
    }

    private static Optional<Finding> conversation(List<Message> messages) {
        boolean asked = false;
        boolean answered = false;
        for (Message message : messages) {
            if (message.content().isBlank()) {
                return Optional.of(
                        new Finding("empty message", "of " + message.role().key()));
            }
            asked |= message.role() == Message.Role.USER;
            answered |= asked && message.role() == Message.Role.ASSISTANT;
        }
        return answered
                ? Optional.empty()
                : Optional.of(new Finding("no answer", "nobody answers in " + messages.size() + " messages"));
    }
}
