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

class GraphTextCommandTest {
    @TempDir
    static Path folder;

    private static JsonNode indexed;

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

    private static Ran search(String question, String... more) {
        List<String> arguments =
                new java.util.ArrayList<>(List.of("graph", "search", question, "--graph", graph(), "--json"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @BeforeAll
    static void indexAFewDocuments() throws IOException {
        Path docs = Files.writeString(folder.resolve("docs.jsonl"), """
                {"source":"song","title":"Hello Love","text":"Hello Love is a song that was sung by Hank Snow."}
                {"source":"singer","title":"Hank Snow","text":"He lived in Madison, Tennessee.",\
                "aliases":["The Singing Ranger"]}
                {"source":"gone","title":"Old notice","text":"The zebra counter is closed."}
                {"source":"退货","title":"退货政策","text":"未使用的商品可以在三十天内退货。"}
                """);
        indexed = run("graph", "index", docs.toString(), "--graph", graph(), "--json")
                .json();
    }

    @Test
    void tellsWhatItIndexed() {
        assertThat(indexed.get("changed").asInt()).isEqualTo(4);
        assertThat(indexed.get("passages").asInt()).isEqualTo(4);
    }

    @Test
    void findsPassagesWithTheirPaths() {
        Ran ran = search("Where did the singer of Hello Love live?");

        assertThat(ran.code()).isZero();
        assertThat(ran.json().findValuesAsText("source")).contains("song", "singer");
        assertThat(ran.json()
                        .path("passages")
                        .get(0)
                        .path("path")
                        .get(0)
                        .path("why")
                        .asText())
                .isNotBlank();
    }

    @Test
    void findsChinese() {
        assertThat(search("多少天内可以退货？", "--most", "1").json().findValuesAsText("source"))
                .containsExactly("退货");
    }

    @Test
    void listsWhichNamesBecameAnEntity() {
        Ran ran = run("graph", "merges", "Hank Snow", "--graph", graph(), "--json");

        assertThat(ran.json().path("merges").get(0).path("form").asText()).isEqualTo("The Singing Ranger");
        assertThat(ran.json().path("merges").get(0).path("rule").asText()).isEqualTo("ALIAS");
    }

    @Test
    void deletesASource() {
        Ran ran = run("graph", "index", "--graph", graph(), "--delete", "gone", "--json");

        assertThat(ran.json().get("deleted").asInt()).isOne();
        assertThat(search("zebra counter").out()).doesNotContain("zebra");
    }

    @Test
    void scoresARetrievalSetAndWritesRankings() throws IOException {
        Path set = Files.writeString(folder.resolve("set.json"), """
                {"corpus":["Hello Love\\nA song that was sung by Hank Snow.","Hank Snow\\nHe lived in Tennessee.",
                "Zebra\\nAn animal."],"queries":[{"id":"q1","q":"Where did the singer of Hello Love live?",
                "gold_idx":[0,1]}]}
                """);
        Path out = folder.resolve("ranked.jsonl");

        Ran ran = run("eval", "retrieval", "--set", set.toString(), "--out", out.toString(), "--words-only", "--json");

        assertThat(ran.code()).isZero();
        assertThat(ran.json().path("sets").get(0).path("recall@5").asDouble()).isEqualTo(100);
        JsonNode line = Json.object(Files.readString(out));
        assertThat(line.path("id").asText()).isEqualTo("q1");
        assertThat(line.path("ranked")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void namesTheSetThatIsMissing() {
        Ran ran = run("eval", "retrieval", "--set", folder.resolve("none.json").toString(), "--json");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.json().path("error").path("code").asText()).isEqualTo("QP-EVAL-001");
    }
}
