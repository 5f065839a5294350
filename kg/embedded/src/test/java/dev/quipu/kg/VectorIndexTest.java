package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedGraph.class)
class VectorIndexTest {
    private static final String MAPPING = """
            sources:
              - {file: things.csv, nodes: [{label: Gadget, id: id, properties: {name: name, use: use}}]}
            indexes:
              vector: [{name: gadgets, label: Gadget, from: [name, use], dimensions: 26}]
            """;

    @TempDir
    Path folder;

    private final Letters letters = new Letters();
    private LoaderFixture things;

    /** Embeds a text by how often each letter stands in it: enough to tell texts apart. */
    private static final class Letters implements EmbeddingModel {
        final List<String> seen = new ArrayList<>();

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
            return Response.from(texts.stream().map(t -> embed(t.text(), seen)).toList());
        }

        private static Embedding embed(String text, List<String> seen) {
            seen.add(text);
            float[] counts = new float[26];
            text.toLowerCase(java.util.Locale.ROOT)
                    .chars()
                    .filter(c -> c >= 'a' && c <= 'z')
                    .forEach(c -> counts[c - 'a']++);
            return Embedding.from(counts);
        }
    }

    @BeforeEach
    void prepare(GraphStore store) throws IOException {
        things = new LoaderFixture(store, folder)
                .mapping(MAPPING)
                .file("things.csv", "id,name,use\n1,jug,\n2,fork,eat\n3,,\n");
    }

    @Test
    void findsTheNearestOnceTheLoadReturns() {
        things.load(things.loader().withEmbedder(letters));

        assertThat(things.ask("MATCH (g:Gadget {id: '2'}) RETURN size(g.embedding)"))
                .containsExactly(26L);
        assertThat(things.ask("MATCH (g:Gadget) WHERE g.embedding IS NULL RETURN g.id"))
                .containsExactly("3");
        assertThat(things.ask("SHOW VECTOR INDEXES YIELD name, state WHERE name = 'gadgets' RETURN state"))
                .containsExactly("ONLINE");
        assertThat(letters.seen).containsExactly("jug", "fork. eat");
    }

    @Test
    void embedsAgainOnlyWhatChanged() throws IOException {
        things.load(things.loader().withEmbedder(letters));
        letters.seen.clear();

        things.file("things.csv", "id,name,use\n1,jug,pour\n2,fork,eat\n");
        things.load(things.loader().withEmbedder(letters));

        assertThat(letters.seen).containsExactly("jug. pour");
    }

    @Test
    void fillsAnIndexThatAnEarlierLoadHadNoModelFor() {
        LoadReport without = things.load();

        things.load(things.loader().withEmbedder(letters));

        assertThat(without.notes()).contains("The vector index gadgets is not filled: no embedding model was given.");
        assertThat(letters.seen).hasSize(2);
    }

    @Test
    void refusesAModelOfOtherDimensions() throws IOException {
        things.mapping(MAPPING.replace("26", "384"));

        assertThatThrownBy(() -> things.load(things.loader().withEmbedder(letters)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-009 The vector index 'gadgets' has 384 dimensions")
                .hasMessageContaining("makes 26");
    }

    @Test
    void linksWhatNoNameMatchesByTheVectorIndex(GraphStore store) throws IOException {
        things.file("things.csv", "id,name,use\n1,jug,\n2,fork,eat\n")
                .load(things.loader().withEmbedder(letters));
        Path file = folder.resolve("linking.yaml");
        things.file("linking.yaml", "thing: {vector: {index: gadgets, minimum-score: 0.9}}\n");

        Linker linker = Linker.of(store, Linking.read(file), letters);

        assertThat(linker.link("what is a ufgj? what is a zzz?"))
                .singleElement()
                .satisfies(m -> assertThat(m.id()).isEqualTo("1"))
                .satisfies(m -> assertThat(m.how()).isEqualTo(dev.quipu.Mention.Stage.VECTOR));
        assertThat(linker.link("zzz qqq")).isEmpty();
    }
}
