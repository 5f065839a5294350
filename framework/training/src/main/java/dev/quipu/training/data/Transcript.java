package dev.quipu.training.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conversations as people write them down: a line a message, who speaks before a colon, further lines of a message without
 * one, and a line of {@code ---} or {@code ===} between conversations.
 *
 * <pre>
 * Customer: Where is my order?
 * Agent: It left yesterday.
 * ---
 * 客户：可以退货吗？
 * 客服：七天内可以。
 * </pre>
 *
 * <p>Customer, user, client, visitor, 客户, 顾客, 用户 and 买家 ask; agent, assistant, support, bot, 客服, 助手 and 商家
 * answer. A file in which nobody speaks is one document.
 */
public record Transcript(Path file) implements RowSource {
    private static final Pattern SPEAKER = Pattern.compile("\\s*([\\p{IsAlphabetic} ]{1,20})[:：](.*)");
    private static final Pattern BREAK = Pattern.compile("\\s*(-{3,}|={3,})\\s*");

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public void read(Consumer<Row> rows) {
        List<Message> messages = new ArrayList<>();
        StringBuilder loose = new StringBuilder();
        String place = file + ", line 1";
        try (InputLines lines = new InputLines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (BREAK.matcher(line).matches()) {
                    end(messages, loose, place, rows);
                    continue;
                }
                if (messages.isEmpty() && loose.isEmpty()) {
                    place = lines.place();
                }
                add(line, messages, loose);
            }
        }
        end(messages, loose, place, rows);
    }

    private static void add(String line, List<Message> messages, StringBuilder loose) {
        Matcher spoken = SPEAKER.matcher(line);
        Optional<Message.Role> role = spoken.matches() ? RowJson.role(spoken.group(1)) : Optional.empty();
        if (role.isPresent()) {
            messages.add(new Message(role.get(), spoken.group(2).strip()));
        } else if (messages.isEmpty()) {
            loose.append(line).append('\n');
        } else {
            Message last = messages.removeLast();
            messages.add(new Message(last.role(), last.content() + "\n" + line));
        }
    }

    private void end(List<Message> messages, StringBuilder loose, String place, Consumer<Row> rows) {
        if (!messages.isEmpty()) {
            rows.accept(new Row(new Content.Chat(messages).map(String::strip), place, place));
        } else if (!loose.toString().isBlank()) {
            rows.accept(new Row(new Content.Document(loose.toString().strip()), "", place));
        }
        messages.clear();
        loose.setLength(0);
    }
}
