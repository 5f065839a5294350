package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedGraph.class)
class LinkerTest {
    private static final String LINKING = """
            order: {patterns: {'#?(A\\d{4})': '{1}'}}
            category: {names: "MATCH (c:Category) RETURN c.id AS id, c.id AS name", fuzzy: true}
            product:
              fulltext: {index: productNames}
            """;

    @TempDir
    Path folder;

    private LoaderFixture fixture;
    private Linker linker;

    @BeforeEach
    void prepare(GraphStore store) throws IOException {
        fixture = new LoaderFixture(store, folder)
                .mapping("""
                        sources:
                          - file: products.csv
                            nodes:
                              - {label: Product, id: id, properties: {name: name, chinese: chinese}}
                              - {label: Category, id: category}
                        indexes:
                          fulltext: [{name: productNames, labels: [Product], properties: [name, chinese], analyzer: cjk}]
                        """)
                .file("products.csv", """
                        id,name,chinese,category
                        p1,Trekking Tent,徒步帐篷,Camping
                        p2,Mountain Boots,登山靴,Footwear
                        p3,Gas Stove,燃气炉,Camping
                        """)
                .file("linking.yaml", LINKING);
        fixture.load();
        linker = Linker.of(store, Linking.read(folder.resolve("linking.yaml")));
    }

    private List<String> found(String text) {
        return linker.link(text).stream()
                .map(m -> m.slot() + " " + m.id() + " " + m.how())
                .toList();
    }

    @Test
    void takesAnExactIdAndAKnownNameBeforeItAsksAnIndex() {
        assertThat(found("Is #A1234 about camping?")).containsExactly("order A1234 ID", "category Camping GAZETTEER");
    }

    @Test
    void takesAMisspeltNameOfTheGazetteer() {
        assertThat(found("what footwaer is there")).containsExactly("category Footwear FULL_TEXT");
    }

    @ParameterizedTest
    @CsvSource({
        "do you sell the treking tent, p1",
        "how much are mountian boots?, p2",
        "boots for the mountain please, p2",
        "徒步帐篷多少钱？, p1",
        "有登山靴吗, p2",
        "gas stoves, p3"
    })
    void findsNamesThroughTheFullTextIndex(String text, String id) {
        assertThat(found(text)).containsExactly("product " + id + " FULL_TEXT");
    }

    @Test
    void saysWhereInTheTextAnIndexedNameStands() {
        String text = "Do you sell the treking tent?";

        Mention mention = linker.link(text).getFirst();

        assertThat(text.substring(mention.start(), mention.end())).isEqualTo("treking tent");
        assertThat(mention.how()).isEqualTo(Stage.FULL_TEXT);
        assertThat(mention.score()).isBetween(0.75, 0.999);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what is your return policy",
                "how is the weather in Paris",
                "tent",
                "",
                "?!",
                "*:*",
                "name:* OR id:[* TO *]",
                "\"Gas\" AND (id:p3",
                "/.*/",
                "a~ b^9 && || !(x) {y}",
                "\\u0000 \\",
                "''';MATCH (n) DETACH DELETE n"
            })
    void proposesNothingWhereNoNameStands(String text) {
        assertThat(found(text)).isEmpty();
    }

    @Test
    void takesTheLastWordOfANameWhereNoOtherNameHasIt(GraphStore store) throws IOException {
        fixture.file(
                "linking.yaml",
                "product: {names: \"MATCH (p:Product) RETURN p.id AS id, p.name AS name\", fuzzy: true}\n");
        linker = Linker.of(store, Linking.read(folder.resolve("linking.yaml")));

        assertThat(found("which boots do you have")).containsExactly("product p2 GAZETTEER");
        assertThat(found("do you have bolts")).isEmpty();
    }

    @Test
    void boundsTheWorkOnALongText() {
        String text = "word ".repeat(20_000) + "Gas Stove";

        assertThat(linker.link(text)).isEmpty();
    }

    @Test
    void namesTheIndexThatTheGraphLacks(GraphStore store) throws IOException {
        fixture.file("linking.yaml", "product: {fulltext: {index: nowhere}}\n");

        assertThatThrownBy(() -> Linker.of(store, Linking.read(folder.resolve("linking.yaml"))))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("linking.yaml/product names the index 'nowhere'")
                .hasMessageContaining("Declare it in the mapping");
    }

    @Test
    void refusesAnIndexNameThatIsNoIdentifier() throws IOException {
        fixture.file("linking.yaml", "product: {vector: {index: 'x` FOR 1 LIMIT 1) DELETE n //'}}\n");

        assertThatThrownBy(() -> Linking.read(folder.resolve("linking.yaml")))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("linking.yaml/product/vector has the index");
    }
}
