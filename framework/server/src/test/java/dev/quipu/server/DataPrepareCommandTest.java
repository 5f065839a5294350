package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quipu.Answer;
import dev.quipu.Evidence;
import dev.quipu.Identity;
import dev.quipu.Language;
import dev.quipu.Retrieval;
import dev.quipu.Subgraph;
import dev.quipu.Verification;
import dev.quipu.runtime.FileConversationLog;
import dev.quipu.runtime.LoggedTurn;
import dev.quipu.runtime.Turn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DataPrepareCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(
                List.of("data", "prepare", "--out", folder.resolve("d.jsonl").toString()));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(String[]::new));
    }

    @Test
    void makesPartsOfATable() throws IOException {
        StringBuilder table = new StringBuilder("Frage,Antwort\n");
        for (int i = 0; i < 40; i++) {
            table.append("Where is order ")
                    .append(i * 7919)
                    .append("?,It left on day ")
                    .append(i * 31)
                    .append(".\n");
        }
        Path in = Files.writeString(folder.resolve("t.csv"), table);

        int code = run(in.toString(), "--question", "frage", "--answer", "antwort", "--exact-only", "--json");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        JsonNode told = Web.parse(out.toString().strip());
        assertThat(told.path("kept").asInt()).isEqualTo(40);
        assertThat(Files.readAllLines(folder.resolve("d.jsonl")))
                .hasSize(told.at("/rows/train").asInt());
        assertThat(folder.resolve("d.test.jsonl")).exists();
        assertThat(folder.resolve("d.report.md")).exists();
    }

    @Test
    void learnsFromTheConversationsOfTheAssistantItself() throws IOException {
        try (FileConversationLog log =
                FileConversationLog.builder(folder.resolve("log")).open()) {
            log.append(turn("a", 1, "Is the tent waterproof?", "Up to 3000 mm.", Answer.Path.TEMPLATE));
            log.append(turn("b", 1, "What is your wifi password?", "I don't know that.", Answer.Path.REFUSAL));
            log.append(turn("a", 2, "And in red?", "It comes in green alone.", Answer.Path.MODEL));
        }

        int code = run(folder.resolve("log").toString(), "--test", "0", "--validation", "0");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("1  " + folder.resolve("d.jsonl"), "of 1 rows read");
        assertThat(Files.readString(folder.resolve("d.jsonl")))
                .contains("Is the tent waterproof?", "It comes in green alone.")
                .doesNotContain("wifi");
    }

    @Test
    void namesFileAndLineOfWhatItCannotRead() throws IOException {
        Path in = Files.writeString(folder.resolve("d.in.jsonl"), "{\"text\":\"t\"}\nnothing\n");

        int code = run(in.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("QP-DATA-002").contains("d.in.jsonl, line 2");
    }

    @Test
    void takesAPatternThatIsNoneForWrongUsage() throws IOException {
        Path in = Files.writeString(folder.resolve("d.in.jsonl"), "{\"text\":\"t\"}\n");

        int code = run(in.toString(), "--mask", "X=(");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith("QP-SERVER-001").contains("--mask X");
    }

    private static LoggedTurn turn(
            String conversation, long sequence, String question, String answer, Answer.Path path) {
        Evidence evidence = new Evidence(
                "",
                new Retrieval(List.of(), new Subgraph(List.of(), List.of()), ""),
                List.of(),
                new Verification(List.of(), List.of()),
                List.of());
        Turn turn = new Turn(
                conversation,
                sequence,
                Instant.EPOCH,
                new Identity.Customer("shop", "c1"),
                question,
                new Answer(answer, Language.ENGLISH, path, evidence, 1, false));
        return new LoggedTurn(turn, List.of(), Optional.empty());
    }
}
