package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedGraph.class)
class InferredMappingTest {
    private static final Path SHOP = Path.of("..", "..", "samples", "suites", "shop", "data");

    @TempDir
    Path folder;

    @Test
    void loadsTheSampleShopAsProposed(GraphStore store) throws IOException {
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), MappingInference.of(SHOP));

        LoadReport report = GraphLoader.of(store, Mapping.read(mapping)).load(SHOP);

        assertThat(report.files()).isEqualTo(7);
        assertThat(report.bad().size()).isLessThan((int) (report.nodes() / 50));
        assertThat(store.read(
                                "MATCH (l:Line)<-[:HAS_LINE]-(:Order)-[:CUSTOMER]->(c:Customer) MATCH (l)-[:SKU]->(:Variant)"
                                        + "-[:PRODUCT]->(p:Product) WHERE p.name IS NOT NULL RETURN count(*) AS n",
                                Map.of())
                        .getFirst()
                        .number("n"))
                .isGreaterThan(100);
    }
}
