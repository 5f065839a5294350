package dev.quipu.training.data;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table with a heading. Its columns hold a question and its answer in each line, or a text, or a message with who says it
 * ({@code role}, {@code content}) and its conversation ({@code conversation_id}), whose lines follow each other.
 */
public record CsvRows(Path file, char separator, Fields fields) implements RowSource {
    private static final List<String> ROLE = List.of("role", "speaker", "author", "sender", "from", "角色", "发送者");
    private static final List<String> SAID = List.of("content", "message", "text", "body", "消息", "内容");
    private static final List<String> CONVERSATION =
            List.of("conversation_id", "conversation", "thread_id", "ticket_id", "会话");

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public void read(Consumer<Row> rows) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        long line = 1;
        try (Reader reader = new InputStreamReader(InputLines.open(file), StandardCharsets.UTF_8.newDecoder());
                CSVParser parser = CSVParser.parse(reader, format)) {
            Columns columns = new Columns(parser.getHeaderMap());
            Consumer<Line> sink = columns.isTranscript() ? new Conversation(rows) : l -> rows.accept(l.row());
            for (CSVRecord record : parser) {
                line = parser.getCurrentLineNumber();
                sink.accept(new Line(record, columns, file + ", line " + line));
            }
            if (sink instanceof Conversation last) {
                last.end();
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw DataException.form(file + ", after line " + line, "is no CSV: " + e.getMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw DataException.form(
                    file + ", after line " + line, "is no CSV in UTF-8 with a heading: " + e.getMessage(), e);
        }
    }

    /** The places of columns by their names without case. */
    private record Columns(Map<String, Integer> places) {
        Columns {
            Map<String, Integer> lower = new TreeMap<>();
            places.forEach((name, place) ->
                    lower.put(name.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT), place));
            places = lower;
        }

        boolean isTranscript() {
            return has(ROLE) && has(SAID) && has(CONVERSATION);
        }

        private boolean has(List<String> names) {
            return names.stream().anyMatch(places::containsKey);
        }
    }

    private final class Line {
        private final CSVRecord record;
        private final Columns columns;
        private final String place;

        Line(CSVRecord record, Columns columns, String place) {
            this.record = record;
            this.columns = columns;
            this.place = place;
        }

        String first(List<String> names) {
            return Fields.first(names, name -> {
                int at = columns.places().getOrDefault(name, record.size());
                return at < record.size() ? record.get(at) : "";
            });
        }

        Row row() {
            String question = first(fields.user());
            String answer = first(fields.assistant());
            String text = first(fields.text());
            if (answer.isEmpty() && text.isEmpty()) {
                throw DataException.form(
                        place,
                        "has neither an answer nor a text; its columns are "
                                + columns.places().keySet(),
                        null);
            }
            Content content = answer.isEmpty() ? new Content.Document(text) : RowJson.pair(question, answer);
            return new Row(content, first(fields.group()), place);
        }
    }

    /** Gathers the lines of a conversation. */
    private final class Conversation implements Consumer<Line> {
        private final Consumer<Row> rows;
        private final List<Message> messages = new ArrayList<>();
        private String id = "";
        private String group = "";
        private String place = "";

        Conversation(Consumer<Row> rows) {
            this.rows = rows;
        }

        @Override
        public void accept(Line line) {
            String next = line.first(CONVERSATION);
            if (!next.equals(id)) {
                end();
                id = next;
                group = line.first(fields.group());
                place = line.place;
            }
            String name = line.first(ROLE);
            Message.Role role = RowJson.role(name)
                    .orElseThrow(() -> DataException.form(
                            line.place, "has the role '" + name + "', but system, user and assistant are known", null));
            messages.add(new Message(role, line.first(SAID)));
        }

        void end() {
            if (!messages.isEmpty()) {
                rows.accept(new Row(new Content.Chat(messages), group, place));
                messages.clear();
            }
        }
    }
}
