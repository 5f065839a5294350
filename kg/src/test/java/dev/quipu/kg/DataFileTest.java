package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.kg.Mapping.Format;
import dev.quipu.kg.Mapping.NodeRule;
import dev.quipu.kg.Mapping.Records;
import dev.quipu.kg.Mapping.SourceFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataFileTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private final List<String> bad = new ArrayList<>();
    private Optional<String> charset = Optional.empty();
    private String rows = "*";

    private List<DataRecord> read(Format format, byte[] bytes) throws IOException {
        Files.write(folder.resolve("f"), bytes);
        Records rules = new Records(
                rows, List.of(new NodeRule("A", "id", "", Map.of(), new TreeSet<>())), List.of(), List.of());
        SourceFile source =
                new SourceFile("f", format, charset, ',', new TreeSet<>(List.of("", "-")), rules, Optional.empty());
        List<DataRecord> records = new ArrayList<>();
        DataFile.open(source, folder, notes::add).read(records::add, b -> bad.add(b.toString()));
        return records;
    }

    private List<String> read(Format format, String text) throws IOException {
        return read(format, text.getBytes(StandardCharsets.UTF_8)).stream()
                .map(r -> r.row() + " " + r.node())
                .toList();
    }

    @Test
    void readsQuotesLineEndsAndMissingValuesOfCsv() throws IOException {
        List<String> records =
                read(Format.CSV, "id,name,note\r\n1,\"a, \"\"b\"\"\",-\r\n2,\"two\nlines\",\n\n3,c,\"x\r\ny\"");

        assertThat(records)
                .containsExactly(
                        "2 {\"id\":\"1\",\"name\":\"a, \\\"b\\\"\"}",
                        "3 {\"id\":\"2\",\"name\":\"two\\nlines\"}",
                        "6 {\"id\":\"3\",\"name\":\"c\",\"note\":\"x\\r\\ny\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GBK", "GB18030", "UTF-16"})
    void readsChineseInTheEncodingThatIsDeclaredOrSeen(String name) throws IOException {
        charset = Optional.of(name);

        List<DataRecord> records = read(Format.CSV, "id,名称\n1,帐篷\n".getBytes(Charset.forName(name)));

        assertThat(records.getFirst().text("名称")).hasValue("帐篷");
    }

    @Test
    void prefersAByteOrderMarkToWhatIsDeclared() throws IOException {
        charset = Optional.of("windows-1252");

        List<DataRecord> records = read(Format.CSV, "\ufeffid,名称\n1,帐篷\n".getBytes(StandardCharsets.UTF_8));

        assertThat(records.getFirst().text("id")).hasValue("1");
        assertThat(records.getFirst().text("名称")).hasValue("帐篷");
    }

    @ParameterizedTest
    @CsvSource({"GBK,帐篷,GB18030", "windows-1252,Un café,windows-1252"})
    void guessesAnEncodingAndSaysSo(String written, String text, String guessed) throws IOException {
        List<DataRecord> records = read(Format.CSV, ("id,n\n1," + text + "\n").getBytes(Charset.forName(written)));

        assertThat(notes).singleElement().asString().contains("read as " + guessed);
        assertThat(records.getFirst().text("n")).hasValue(text);
    }

    @Test
    void refusesBytesThatAreNotInTheDeclaredEncoding() {
        charset = Optional.of("UTF-8");

        assertThatThrownBy(() -> read(Format.CSV, "id,n\n1,Käse\n".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-010")
                .hasMessageContaining("is not in the encoding UTF-8");
    }

    @Test
    void goesOnAfterMalformedLines() throws IOException {
        List<String> records = read(Format.CSV, "id,n\n1,\"a\"b,c\n2,x,y\n3,ok\n");

        assertThat(records).containsExactly("4 {\"id\":\"3\",\"n\":\"ok\"}");
        assertThat(bad)
                .contains("f:2 is not well-formed: text follows a closing quote", "f:3 has 3 columns instead of 2");
    }

    @Test
    void refusesAFileWhoseRestAnOpenQuoteSwallows() {
        assertThatThrownBy(() -> read(Format.CSV, "id,n\n1,a\n2,\"open\n3,c\n"))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("f:3 opens a quote that is never closed");
    }

    @ParameterizedTest
    @CsvSource({"'id,id\n1,2\n',duplicate", "'key,n\n1,2\n',has no column 'id'"})
    void refusesAHeaderThatDoesNotServe(String text, String message) {
        assertThatThrownBy(() -> read(Format.CSV, text))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-010")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSV", "JSON", "JSONL"})
    void takesAnEmptyFileAsOneWithoutRecords(Format format) throws IOException {
        assertThat(read(format, "")).isEmpty();
        assertThat(notes).containsExactly("f is empty.");
    }

    @Test
    void readsLinesOfJsonAndReportsOthers() throws IOException {
        List<String> records = read(
                Format.JSONL,
                "{\"id\":1,\"n\":\"a\u2028b\"}\n\n{\"id\":2} x\n{\"id\":\r\n{\"id\":3,\"o\":{\"n\":\"-\"}}");

        assertThat(records).containsExactly("1 {\"id\":1,\"n\":\"a\u2028b\"}", "5 {\"id\":3,\"o\":{}}");
        assertThat(bad).hasSize(2).allMatch(b -> b.matches("f:[34] is not JSON: .*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "*#[{\"id\":1},{\"id\":2}]#1 {\"id\":1}|2 {\"id\":2}",
                "*#{\"a\":{\"id\":1},\"b\":null}#1 {\"id\":1}|2 null",
                "data.list.*#{\"x\":[1],\"data\":{\"list\":[{\"id\":1}]}}#1 {\"id\":1}",
                "*.lines.*#[{\"lines\":[1,2]},{\"lines\":[3]}]#1 1|2 2|3 3",
                "top#{\"top\":{\"id\":1}}#1 {\"id\":1}"
            })
    void findsTheRecordsOfAJsonDocument(String path, String text, String expected) throws IOException {
        rows = path;

        assertThat(read(Format.JSON, text)).containsExactly(expected.split("\\|"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "*#[{\"id\":1},{\"id\":#is not JSON",
                "none.*#{}#has nothing at 'none.*'",
                "*#5#has neither an object nor an array"
            })
    void refusesADocumentThatIsNotAsTheMappingSays(String path, String text, String message) {
        rows = path;

        assertThatThrownBy(() -> read(Format.JSON, text))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-010")
                .hasMessageContaining(message);
    }
}
