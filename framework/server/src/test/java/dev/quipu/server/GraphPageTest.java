package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Subgraph;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphPageTest {
    private static final String EVIL = "</script><img src=x onerror=alert(1)>/*LIBRARY*/";

    private static String page() {
        return GraphPage.of(
                EVIL,
                new Subgraph(
                        List.of(new Subgraph.Node("a", EVIL, EVIL), new Subgraph.Node("b", "Order", "\u2028A1")),
                        List.of(new Subgraph.Edge("a", "b", EVIL))));
    }

    @Test
    void keepsWhatTheGraphSaysOutOfThePagesCode() {
        String page = page();

        assertThat(page).doesNotContain("<img").contains("\\u003cimg src=x");
        assertThat(page.split("</script>", -1)).hasSize(4);
    }

    @Test
    void loadsNothing() {
        assertThat(page()).contains("default-src 'none'").doesNotContain("src=\"", "href=\"", "@import", "\u2028");
    }

    @Test
    void carriesItsLibrary() {
        assertThat(page()).contains("cytoscape").hasSizeGreaterThan(300_000);
    }
}
