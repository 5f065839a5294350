package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Source;
import dev.quipu.Subgraph;
import dev.quipu.kg.GraphValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubgraphCollectorTest {
    private final SubgraphCollector collector = new SubgraphCollector();
    private final Set<Source> sources = new LinkedHashSet<>();

    private static GraphValue.Node node(String id, Map<String, Object> properties) {
        return new GraphValue.Node(id, List.of("Product"), properties);
    }

    @Test
    void gathersPathsOnceWithTheirSources() {
        GraphValue.Node a = node("1", Map.of("name", "Tent", "in_a_csv", "a.csv:7", "in_b", "C:b.csv:2"));
        GraphValue.Node b = node("2", Map.of("id", "x"));
        GraphValue.Relationship r = new GraphValue.Relationship("3", "1", "2", "OF", Map.of());

        boolean added = collector.add(List.of(new GraphValue.Path(List.of(a, b), List.of(r)), a), sources);

        assertThat(added).isTrue();
        assertThat(sources).containsExactlyInAnyOrder(new Source("a.csv", 7), new Source("C:b.csv", 2));
        assertThat(collector.subgraph().nodes())
                .containsExactly(new Subgraph.Node("1", "Product", "Tent"), new Subgraph.Node("2", "Product", "x"));
        assertThat(collector.subgraph().edges()).containsExactly(new Subgraph.Edge("1", "2", "OF"));
    }

    @Test
    void leavesPlainValuesToTheFact() {
        assertThat(collector.add("text", sources)).isFalse();
        assertThat(collector.add(List.of("a"), sources)).isFalse();
        assertThat(collector.add(List.of(), sources)).isFalse();
    }

    @Test
    void drawsNoMoreThanFitsButKeepsAllSources() {
        IntStream.range(0, 100).forEach(i -> collector.add(node("n" + i, Map.of("in_f", "f.csv:" + (i + 1))), sources));
        collector.add(new GraphValue.Relationship("r", "n0", "n99", "TO", Map.of()), sources);

        assertThat(collector.subgraph().nodes()).hasSizeLessThan(100).isNotEmpty();
        assertThat(collector.subgraph().edges()).isEmpty();
        assertThat(sources).hasSize(100);
    }
}
