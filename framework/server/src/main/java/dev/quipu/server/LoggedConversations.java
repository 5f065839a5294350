package dev.quipu.server;

import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.runtime.ConversationArchive;
import dev.quipu.runtime.LoggedTurn;
import dev.quipu.runtime.Turn;
import dev.quipu.training.data.Content;
import dev.quipu.training.data.Message;
import dev.quipu.training.data.Row;
import dev.quipu.training.data.RowSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The assistant's own conversations, as rows. Turns in which nothing was answered are left out: what was not known or not
 * allowed then may be now. A customer's conversations stay together.
 */
record LoggedConversations(Path folder) implements RowSource {
    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public void read(Consumer<Row> rows) {
        ConversationArchive archive = ConversationArchive.open(folder);
        for (String conversation : archive.conversations()) {
            List<Message> messages = new ArrayList<>();
            String group = conversation;
            for (LoggedTurn logged : archive.read(conversation)) {
                Turn turn = logged.turn();
                if (turn.answer().path() != Answer.Path.REFUSAL) {
                    messages.add(new Message(Message.Role.USER, turn.question()));
                    messages.add(
                            new Message(Message.Role.ASSISTANT, turn.answer().text()));
                }
                group = turn.who() instanceof Identity.Customer customer
                        ? customer.tenant() + "/" + customer.id()
                        : group;
            }
            if (!messages.isEmpty()) {
                rows.accept(new Row(new Content.Chat(messages), group, folder + ", conversation " + conversation));
            }
        }
    }
}
