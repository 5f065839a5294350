package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.Language;
import dev.quipu.kg.GraphException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteTest {
    private static final String INTENT = """
            price:
              asks: what a product costs
              scope: public
              queries: [{when: [product], cypher: "MATCH (p:Product {id: $product}) RETURN p.name AS name"}]
              fact: {en: "{name}", zh: "{name}"}
              answer: {en: "{name}", zh: "{name}"}
              examples: {en: [how much], zh: [多少钱]}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void prepare() throws IOException {
        write("suite.yaml", "name: test\n");
        write("intents.yaml", INTENT);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void readsASmallSuite() {
        Suite suite = Suite.read(folder);

        assertThat(suite.intents()).containsOnlyKeys("price");
        assertThat(suite.phrase("none")).isEmpty();
    }

    @Test
    void letsAFolderChangeWhatItIncludes() throws IOException {
        Files.createDirectory(folder.resolve("shared"));
        write("shared/phrases.yaml", "phrases: {hi: {en: Hello, zh: 你好}, bye: {en: Bye, zh: 再见}}\n");
        write("suite.yaml", "name: test\ninclude: [shared]\n");
        write("phrases.yaml", "phrases: {hi: {en: Hey, zh: 嘿}}\n");

        Suite suite = Suite.read(folder);

        ValueFormat format = suite.format(Language.ENGLISH, java.util.Map.of());
        assertThat(suite.phrase("hi").orElseThrow().in(Language.ENGLISH).render(java.util.Map.of(), format))
                .isEqualTo("Hey");
        assertThat(suite.phrase("bye")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "scope: public#scope: everyone#needs the scope 'own' or 'public'",
                "asks: what a product costs##intents.yaml/price needs a text 'asks'",
                "zh: [多少钱]#zh: []#needs examples in every language",
                "RETURN p.name AS name#DETACH DELETE p#intents.yaml/price/queries[1] uses DETACH",
                "(p:Product {id: $product})#(p:Order {id: $product})#reads Order but its scope is public",
                "queries:#query:#has an unknown key 'query'",
                "fact: {en#facts: {en#has an unknown key 'facts'",
                "answer: {en: \"{name}\"#answer: {en: \"{name\"#has a '{' without its '}'",
                "scope: public#scope: [public#cannot be read"
            })
    void namesTheEntryOfAMistake(String before, String after, String message) throws IOException {
        write("intents.yaml", INTENT.replace(before, after == null ? "" : after));

        assertThatThrownBy(() -> Suite.read(folder))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesAFolderThatIsNoSuite() {
        assertThatThrownBy(() -> Suite.read(folder.resolve("none")))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-012")
                .hasMessageContaining("suite.yaml is not there");
    }

    @ParameterizedTest
    @CsvSource({"shop", "retail"})
    void acceptsTheSuitesOfTheSamples(String name) {
        Suite suite = Suite.read(Path.of("..", "samples", "suites", name));

        assertThat(suite.intents()).isNotEmpty();
    }
}
