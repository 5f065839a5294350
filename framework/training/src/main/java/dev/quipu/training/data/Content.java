package dev.quipu.training.data;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What there is to learn in a row. */
public sealed interface Content {
    /** A conversation, of which the assistant's part is learnt. */
    record Chat(List<Message> messages) implements Content {
        public Chat {
            messages = List.copyOf(messages);
        }

        /** Without what the system is told: the same words before every conversation do not make them alike. */
        @Override
        public String text() {
            return messages.stream()
                    .filter(m -> m.role() != Message.Role.SYSTEM)
                    .map(Message::content)
                    .collect(Collectors.joining("\n"));
        }

        @Override
        public Chat map(UnaryOperator<String> change) {
            return new Chat(messages.stream()
                    .map(m -> new Message(m.role(), change.apply(m.content())))
                    .toList());
        }
    }

    /** A text and how it goes on, of which the latter is learnt. */
    record Completion(String prompt, String completion) implements Content {
        @Override
        public String text() {
            return prompt + "\n" + completion;
        }

        @Override
        public Completion map(UnaryOperator<String> change) {
            return new Completion(change.apply(prompt), change.apply(completion));
        }
    }

    /** A document, all of which is learnt. */
    record Document(String text) implements Content {
        @Override
        public Document map(UnaryOperator<String> change) {
            return new Document(change.apply(text));
        }
    }

    /** What it is compared and judged by. */
    String text();

    /** The same with every text changed. */
    Content map(UnaryOperator<String> change);
}
