package dev.quipu.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowSourceTest {
    @TempDir
    private Path folder;

    private List<Row> read(String name, String content) throws IOException {
        return read(Files.writeString(folder.resolve(name), content));
    }

    private static List<Row> read(Path file) {
        List<Row> rows = new ArrayList<>();
        RowSource.of(file, Fields.STANDARD).read(rows::add);
        return rows;
    }

    private static String shown(Row row) {
        return RowJson.write(row.content()).toString();
    }

    private static final String PAIR =
            "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"instruction\":\"q\",\"output\":\"a\"}",
                "{\"question\":\"q\",\"answer\":\"a\"}",
                "{\"Question\":\"q\",\"Answer\":\"a\"}",
                "{\"input\":\"q\",\"output\":\"a\"}",
                "{\"conversations\":[{\"from\":\"human\",\"value\":\"q\"},{\"from\":\"gpt\",\"value\":\"a\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"q\"}]},"
                        + "{\"role\":\"assistant\",\"content\":\"a\"}]}",
            })
    void takesTheUsualFormsOfAQuestionAndItsAnswer(String line) throws IOException {
        List<Row> rows = read("d.jsonl", line);

        assertThat(rows).singleElement().extracting(RowSourceTest::shown).isEqualTo(PAIR);
    }

    @Test
    void readsCompletionsAndTextsAndSkipsBlankLines() throws IOException {
        List<Row> rows = read("d.jsonl", "{\"prompt\":\"p\",\"completion\":\"c\"}\n\n{\"text\":\"t\"}\n");

        assertThat(rows)
                .extracting(RowSourceTest::shown)
                .containsExactly("{\"prompt\":\"p\",\"completion\":\"c\"}", "{\"text\":\"t\"}");
        assertThat(rows.get(1).place()).endsWith("d.jsonl, line 3");
    }

    @Test
    void readsCompressedFiles() throws IOException {
        Path file = folder.resolve("d.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"text\":\"t\"}".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(read(file)).hasSize(1);
    }

    @Test
    void readsTablesOfQuestionsAndAnswersWithLineBreaksInThem() throws IOException {
        List<Row> rows = read("d.csv", "\uFEFFCustomer_ID,Question,Answer\nc1,\"Can I\nreturn, it?\",Yes\nc2,q,a\n");

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().text()).isEqualTo("Can I\nreturn, it?\nYes");
        assertThat(rows.getFirst().group()).isEqualTo("c1");
        assertThat(rows.get(1).place()).endsWith("line 4");
    }

    @Test
    void gathersTheLinesOfATableIntoConversations() throws IOException {
        List<Row> rows =
                read("d.tsv", "conversation_id\trole\tcontent\n1\tcustomer\tq\n1\tagent\ta\n2\t客户\t问\n2\t客服\t答\n");

        assertThat(rows).extracting(Row::text).containsExactly("q\na", "问\n答");
        assertThat(rows).extracting(Row::group).containsExactly("1", "2");
    }

    @Test
    void followsTheBranchOfAnExportThatTheUserSawLast() throws IOException {
        List<Row> rows = read("conversations.json", """
                [{"id":"x","current_node":"c","mapping":{
                  "r":{"message":null,"parent":null},
                  "a":{"message":{"author":{"role":"user"},"content":{"parts":["q"]}},"parent":"r"},
                  "b":{"message":{"author":{"role":"assistant"},"content":{"parts":["first try"]}},"parent":"a"},
                  "c":{"message":{"author":{"role":"assistant"},"content":{"parts":["a"]}},"parent":"a"}}},
                 {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}]""");

        assertThat(rows).extracting(RowSourceTest::shown).containsExactly(PAIR, PAIR);
        assertThat(rows.getFirst().group()).isEqualTo("x");
        assertThat(rows.get(1).place()).endsWith("line 6");
    }

    @Test
    void readsTranscriptsInBothLanguages() throws IOException {
        List<Row> rows = read("t.txt", "Customer: q\nmore: of it\nAgent: a\n---\n客户：问\n客服：答\n");

        assertThat(rows).extracting(Row::text).containsExactly("q\nmore: of it\na", "问\n答");
    }

    @Test
    void takesATextInWhichNobodySpeaksForADocument() throws IOException {
        assertThat(read("t.md", "# Returns\n\nWithin 30 days.\n"))
                .singleElement()
                .extracting(Row::content)
                .isEqualTo(new Content.Document("# Returns\n\nWithin 30 days."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "d.jsonl|{\"text\":\"t\"}\\n{\"text\":|line 2 is no JSON",
                "d.jsonl|[1]|line 1 is no JSON object",
                "d.jsonl|{\"messages\":[{\"role\":\"tool\",\"content\":\"t\"}]}|role 'tool'",
                "d.jsonl|{\"messages\":[{\"content\":\"t\"}]}|without \"role\"",
                "d.csv|a,b\\n1,2\\n|line 2 has neither an answer nor a text",
                "d.csv|question,answer\\n\"q,a\\n|is no CSV",
                "c.json|{\"a\":1}|does not begin an array",
                "c.json|[{\"title\":\"t\"}]|line 1 begins an object with neither",
                "c.json|[{\"title\":|is no JSON",
            })
    void namesTheLineThatItCannotRead(String name, String content, String message) {
        assertThatThrownBy(() -> read(name, content.replace("\\n", "\n")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("QP-DATA-002")
                .hasMessageContaining(message);
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        Path file = Files.write(folder.resolve("d.jsonl"), new byte[] {'{', '}', '\n', (byte) 0xff});

        assertThatThrownBy(() -> {
                    try (InputLines lines = new InputLines(file)) {
                        lines.next();
                        lines.next();
                    }
                })
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 2 is no UTF-8");
    }

    @Test
    void refusesFilesOfOtherKinds() {
        assertThatThrownBy(() -> RowSource.of(Path.of("d.xlsx"), Fields.STANDARD))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("QP-DATA-003");
    }
}
