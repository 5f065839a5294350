package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.kg.Mapping.PropertyType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MappingTest {
    private static final String NODE = "sources: [{file: a.csv, nodes: [%s]}]";
    private static final String INDEX = "sources: [{file: a.csv, nodes: [{label: A, id: i}]}]\nindexes: {%s}";

    @TempDir
    Path folder;

    private Mapping read(String yaml) throws IOException {
        return Mapping.read(Files.writeString(folder.resolve("m.yaml"), yaml));
    }

    @Test
    void readsWhatIsDeclared() throws IOException {
        Mapping mapping = read("""
                sources:
                  - file: a.csv
                    charset: gbk
                    delimiter: ";"
                    nodes: [{label: A, id: "{x}-{y}", properties: {n: n, d: {type: date, pattern: dd.MM.yyyy|yyyy}}, required: [n]}]
                """);

        Mapping.SourceFile source = mapping.sources().getFirst();
        assertThat(source.charset()).hasValue("GBK");
        assertThat(source.delimiter()).isEqualTo(';');
        Mapping.NodeRule node = source.records().nodes().getFirst();
        assertThat(node.required()).containsExactly("n");
        assertThat(node.properties().get("d"))
                .isNotNull()
                .extracting("from", "type")
                .containsExactly("d", PropertyType.DATE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "sources: []#m.yaml names no sources",
                "source: []#m.yaml has an unknown key 'source'; known are sources, indexes",
                "sources: x#m.yaml needs a list 'sources'",
                "sources: [x]#m.yaml/sources[1] should be a mapping, but is x",
                "sources: [{file: a.csv}, {}]#m.yaml/sources[2] needs a text 'file'",
                "sources: [{file: ../a.csv}]#outside of the data folder",
                "sources: [{file: /etc/passwd}]#outside of the data folder",
                "sources: [{file: a.csv}, {file: a.csv}]#names the file 'a.csv' twice",
                "sources: [{file: a.xml}]#m.yaml/sources[1] has 'xml'; known are csv, json, jsonl",
                "sources: [{file: a.csv, charset: klingon}]#m.yaml/sources[1] has the charset 'klingon'",
                "sources: [{file: a.csv, delimiter: ''}]#m.yaml/sources[1] has the delimiter ''",
                "sources: [{file: a.csv, delimiter: '\"'}]#has the delimiter '\"'",
                "sources: [{file: a.csv, nodes: [{id: x}]}]#m.yaml/sources[1]/nodes[1] needs a text 'label'",
                "sources: [{file: a.csv, nodes: [{label: A}]}]#m.yaml/sources[1]/nodes[1] needs a text 'id'",
                "sources: [{file: a.csv, nodes: [{label: A, id: '{x'}]}]#whose braces do not match",
                "sources: [{file: a.csv, relationships: [{type: T}]}]#m.yaml/sources[1]/relationships[1]/from needs a text 'label'",
                "sources: [{file: a.csv, relationships: [{type: T, optional: maybe, from: {label: A, id: a}, to: {label: A, id: a}}]}]#has 'maybe' for 'optional'",
                "sources: [{file: a.csv, sources: [}]#m.yaml cannot be read",
                "{a: &a [*a]}#m.yaml"
            })
    void namesTheFileTheEntryAndTheMistake(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(GraphException.class)
                .hasMessageStartingWith("QP-GRAPH-009")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "{label: A, id: i, properties: {n: {type: number}}}#m.yaml/sources[1]/nodes[1]/properties/n has 'number'; known are text, integer",
                "{label: A, id: i, properties: {n: {type: date, pattern: bogus}}}#has the pattern 'bogus'",
                "{label: A, id: i, required: [n]}#requires 'n', which is none of its properties",
                "{label: A, id: i, properties: {id: x}}#has the name 'id', which the loader uses itself",
                "{label: A, id: i, properties: {in_stock: x}}#has the name 'in_stock', which the loader uses itself",
                "{label: LoadedFile, id: i}#has the name 'LoadedFile', which the loader uses itself"
            })
    void checksNodes(String node, String message) {
        assertThatThrownBy(() -> read(NODE.formatted(node)))
                .isInstanceOf(GraphException.class)
                .hasMessageStartingWith("QP-GRAPH-009")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "fulltext: [{name: f, labels: [], properties: [n]}]#m.yaml/indexes/fulltext[1] needs at least one entry under 'labels'",
                "fulltext: [{name: f, labels: [A]}]#needs at least one entry under 'properties'",
                "fulltext: [{name: f, labels: [A], properties: [n], analyzer: \"x'} }\"}]#has the name",
                "vector: [{name: v, label: A, from: [n], dimensions: many}]#has 'many' for 'dimensions'",
                "vector: [{name: v, label: A, from: [n], dimensions: -3}]#has '-3' for 'dimensions'",
                "vector: [{name: v, label: A, from: [n]}]#m.yaml/indexes/vector[1] needs a text 'dimensions'",
                "vector: [{name: v, label: A, from: [n], dimensions: 3}, {name: v, label: A, from: [n], dimensions: 3}]#names the index 'v' twice"
            })
    void checksIndexes(String index, String message) {
        assertThatThrownBy(() -> read(INDEX.formatted(index)))
                .isInstanceOf(GraphException.class)
                .hasMessageStartingWith("QP-GRAPH-009")
                .hasMessageContaining(message);
    }

    /** The places of a mapping that go into the text of a statement. */
    static Stream<String> placesOfNames() {
        String both = "from: {label: A, id: i}, to: {label: A, id: i}";
        return Stream.of(
                        NODE.formatted("{label: \"%s\", id: i}"),
                        NODE.formatted("{label: A, id: i, properties: {\"%s\": x}}"),
                        "sources: [{file: a.csv, relationships: [{type: \"%s\", " + both + "}]}]",
                        "sources: [{file: a.csv, relationships: [{type: T, from: {label: \"%s\", id: i}, to: {label: A, id: i}}]}]",
                        "sources: [{file: a.csv, relationships: [{type: T, from: {label: A, id: i, by: \"%s\"}, to: {label: A, id: i}}]}]",
                        INDEX.formatted("fulltext: [{name: \"%s\", labels: [A], properties: [n]}]"),
                        INDEX.formatted("fulltext: [{name: f, labels: [\"%s\"], properties: [n]}]"),
                        INDEX.formatted("fulltext: [{name: f, labels: [A], properties: [\"%s\"]}]"),
                        INDEX.formatted("fulltext: [{name: f, labels: [A], properties: [n], analyzer: \"%s\"}]"),
                        INDEX.formatted("vector: [{name: \"%s\", label: A, from: [n], dimensions: 3}]"),
                        INDEX.formatted("vector: [{name: v, label: \"%s\", from: [n], dimensions: 3}]"),
                        INDEX.formatted("vector: [{name: v, label: A, property: \"%s\", from: [n], dimensions: 3}]"),
                        INDEX.formatted("vector: [{name: v, label: A, from: [\"%s\"], dimensions: 3}]"))
                .flatMap(place -> Stream.of(
                                "A) DETACH DELETE n //",
                                "A`) DETACH DELETE n //",
                                "A {id: 1}) SET n.admin = true WITH n MATCH (m",
                                "A:B",
                                "A|B",
                                "A'",
                                "A\\\\u0060",
                                "A B",
                                "",
                                "9A",
                                "$(x)",
                                "А")
                        .map(name -> place.replace("%s", name)));
    }

    @ParameterizedTest
    @MethodSource("placesOfNames")
    void takesNothingButIdentifiersIntoStatements(String yaml) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(GraphException.class).hasMessageStartingWith("QP-GRAPH-009");
    }

    @Test
    void namesAMappingThatIsNotThere() {
        assertThatThrownBy(() -> Mapping.read(folder.resolve("none.yaml")))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-009")
                .hasMessageContaining("none.yaml is not there");
    }
}
