package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GraphCommandTest {
    private static final Path SHOP = Path.of("..", "..", "samples", "suites", "shop");

    @TempDir
    static Path folder;

    private static Ran loaded;

    private record Ran(int code, String out, String err) {
        JsonNode json() {
            return Json.object(out.strip().lines().reduce((a, b) -> b).orElse(""));
        }
    }

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = line.execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    private static String graph() {
        return folder.resolve("graph").toString();
    }

    private static Ran load(String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "graph",
                "load",
                SHOP.resolve("mapping.yaml").toString(),
                "--data",
                SHOP.resolve("data").toString(),
                "--graph",
                graph()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @BeforeAll
    static void loadTheShop() {
        loaded = load("--json");
    }

    @Test
    void reportsCountsAndBadRowsAsJson() {
        JsonNode json = loaded.json();

        assertThat(loaded.code()).isZero();
        assertThat(json.get("files").asInt()).isEqualTo(7);
        assertThat(json.get("nodes").asInt()).isGreaterThan(2_000);
        assertThat(json.get("relationships").asInt()).isGreaterThan(4_000);
        assertThat(json.get("seconds").isNumber()).isTrue();
        assertThat(json.get("bad")).isNotEmpty();
        assertThat(json.get("bad").get(0).fieldNames()).toIterable().containsExactly("file", "row", "column", "reason");
    }

    @Test
    void findsFactsWithTheirSourcesAndSkipsFilesThatDidNotChange() {
        Ran again = load();
        Ran asked = run(
                "graph",
                "ask",
                "What is the status of order A50002?",
                "--graph",
                graph(),
                "--suite",
                SHOP.toString(),
                "--customer",
                "C1000",
                "--json");

        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("7 file(s), 7 unchanged: 0 nodes and 0 relationships written");
        assertThat(asked.code()).as(asked.err()).isZero();
        JsonNode json = asked.json();
        assertThat(json.get("intent").asText()).isEqualTo("order.status");
        assertThat(json.get("facts").get(0).get("id").asText()).isEqualTo("f1");
        assertThat(json.get("facts").get(0).get("sources").toString()).contains("orders.json:");
        assertThat(json.get("paths").get(0).asText()).matches("\\(Customer .*\\)-\\[PLACED]->\\(Order A50002\\)");
        assertThat(json.get("ms").get("retrieve").isNumber()).isTrue();
    }

    @Test
    void writesAPageOfTheSchemaAndTellsWhatIsThere() throws IOException {
        Path page = folder.resolve("schema.html");

        Ran shown = run("graph", "show", "--schema", "--graph", graph(), "--out", page.toString(), "--json");
        Ran told = run("graph", "stats", "--graph", graph(), "--json");

        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.json().get("nodes").asInt()).isGreaterThan(5);
        assertThat(Files.readString(page)).contains("IN_CATEGORY", "Product × ").doesNotContain("LoadedFile");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.json().get("healthy").asBoolean()).isTrue();
        assertThat(told.json().path("nodes").path("Order").asInt()).isPositive();
        assertThat(told.json().get("sources").asInt()).isEqualTo(7);
    }

    @Test
    void proposesAMappingAndNeverWritesOverOne() {
        Path file = folder.resolve("proposed.yaml");
        String data = SHOP.resolve("data").toString();

        Ran first = run("graph", "map", "--infer", "--data", data, "--out", file.toString());
        Ran second = run("graph", "map", "--infer", "--data", data, "--out", file.toString());

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(file).content().contains("label: Order");
        assertThat(second.code()).isEqualTo(1);
    }

    @Test
    void showsAVisitorNothingPrivate() {
        Ran asked = run(
                "graph", "ask", "What is the status of order A50002?", "--graph", graph(), "--suite", SHOP.toString());

        assertThat(asked.code()).isZero();
        assertThat(asked.out()).contains("facts    none").doesNotContain("delivered", "shipped");
    }

    @Test
    void failsWithTheCodeOfTheMistake() throws IOException {
        Path mapping = Files.writeString(
                folder.resolve("wrong.yaml"), "sources: [{file: a.csv, nodes: [{label: 'A)', id: i}]}]");

        Ran ran = run("graph", "load", mapping.toString(), "--data", folder.toString(), "--graph", graph());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("QP-GRAPH-009 wrong.yaml/sources[1]/nodes[1]");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void failsAtABadRowWhenAskedTo() throws IOException {
        Path mapping = Files.writeString(
                folder.resolve("strict.yaml"), "sources: [{file: s.csv, nodes: [{label: Strict, id: i}]}]");
        Files.writeString(folder.resolve("s.csv"), "i,n\n,1\n");

        Ran ran = run(
                "graph",
                "load",
                mapping.toString(),
                "--data",
                folder.toString(),
                "--graph",
                graph(),
                "--on-error",
                "stop");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("QP-GRAPH-011 s.csv:2 i is missing");
    }

    @Test
    void tellsBadUsageFromFailure() {
        assertThat(run("graph", "load").code()).isEqualTo(2);
        assertThat(run("graph", "load", "m.yaml", "--data", "x", "--graph", "g", "--on-error", "maybe")
                        .code())
                .isEqualTo(2);
        assertThat(run("graph", "ask", "x").code()).isEqualTo(2);
    }
}
