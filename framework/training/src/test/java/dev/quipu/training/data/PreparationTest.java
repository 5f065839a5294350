package dev.quipu.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
    @TempDir
    private Path folder;

    private Preparation plan = Preparation.to(Path.of("unset.jsonl"));

    @BeforeEach
    void plan() {
        plan = Preparation.to(folder.resolve("out/d.jsonl")).withShares(Shares.ALL);
    }

    private PreparationReport prepare(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("in.jsonl"), List.of(lines));
        return plan.run(List.of(RowSource.of(file, Fields.STANDARD)), read -> {});
    }

    private static String chat(String question, String answer) {
        return """
                {"messages":[{"role":"user","content":"%s"},{"role":"assistant","content":"%s"}]}""".formatted(question, answer);
    }

    @Test
    void keepsGoodRowsAsTheyAre() throws IOException {
        String row = chat("Where is my order?", "It left our store yesterday.");

        PreparationReport report = prepare(row);

        assertThat(Files.readAllLines(plan.file(Part.TRAIN))).containsExactly(row);
        assertThat(report.kept()).isOne();
        assertThat(report.removals()).isEmpty();
    }

    @Test
    void tellsWhatItLeavesOutAndWhy() throws IOException {
        String row = chat("Where is my order?", "It left our store yesterday.");

        PreparationReport report = prepare(row, row, chat("Hello?", " "), chat("a", "b"));

        assertThat(report.told()).isEqualTo("1 empty message, 1 duplicate");
        assertThat(Files.readString(plan.report("md")))
                .contains("Read 4 rows, kept 2", "of " + folder.resolve("in.jsonl") + ", line 1");
        assertThat(Files.readString(plan.report("json"))).contains("\"reason\" : \"duplicate\"");
    }

    @Test
    void doesNotTakeConversationsForAlikeBecauseOfWhatTheSystemIsTold() throws IOException {
        String system = "You are the friendly assistant of a shop for outdoor gear. ".repeat(20);
        String form = """
                {"messages":[{"role":"system","content":"%s"},{"role":"user","content":"%s"},{"role":"assistant","content":"%s"}]}""";

        PreparationReport report = prepare(
                form.formatted(system, "Is the tent waterproof?", "Up to 3000 mm."),
                form.formatted(system, "Can I return shoes?", "Within 30 days."));

        assertThat(report.kept()).isEqualTo(2);
    }

    @Test
    void masksPersonalDataBeforeAnythingIsWritten() throws IOException {
        PreparationReport report =
                prepare(chat("I am ann@example.org, call 13812345678", "We will, about order 50002."));

        assertThat(Files.readString(plan.file(Part.TRAIN)))
                .contains("<EMAIL>", "<PHONE>", "order 50002")
                .doesNotContain("ann@", "138");
        assertThat(report.masked()).containsEntry("<EMAIL>", 1).containsEntry("<PHONE>", 1);
    }

    @Test
    void keepsACustomersRowsAndNearCopiesInOnePart() throws IOException {
        Sentences sentences = new Sentences(7);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            lines.add("""
                    {"customer":"c%d","prompt":"%s","completion":"%s"}""".formatted(i % 40, sentences.text(100), sentences.text(300)));
        }
        List<List<String>> kin = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            List<String> pair = sentences.pair(1200, 0.75);
            kin.add(pair);
            pair.forEach(text -> lines.add("{\"prompt\":\"\",\"completion\":\"" + text + "\"}"));
        }
        plan = plan.withShares(new Shares(0.2, 0.2, 1)).withFilters(List.of());

        PreparationReport report = prepare(lines.toArray(String[]::new));

        assertThat(report.rows().get(Part.TEST)).isBetween(40L, 50L);
        assertThat(report.rows().get(Part.VALIDATION)).isBetween(40L, 50L);
        List<String> test = Files.readAllLines(plan.file(Part.TEST));
        Set<Boolean> split = new HashSet<>();
        for (List<String> pair : kin) {
            split.add(holds(test, pair.get(0)) == holds(test, pair.get(1)));
        }
        assertThat(split).containsExactly(true);
        Set<Integer> customers = customers(lines, test);
        assertThat(customers)
                .isNotEmpty()
                .doesNotContainAnyElementsOf(customers(lines, Files.readAllLines(plan.out())));
    }

    private static boolean holds(List<String> lines, String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    /** The customers of whom some row is in a part. */
    private static Set<Integer> customers(List<String> lines, List<String> part) {
        Set<Integer> found = new HashSet<>();
        for (int i = 0; i < 150; i++) {
            String row = lines.get(i).substring(lines.get(i).indexOf("\"prompt\""));
            if (holds(part, row)) {
                found.add(i % 40);
            }
        }
        return found;
    }

    @Test
    void givesTheSameFilesTwice() throws IOException {
        plan = plan.withShares(Shares.STANDARD).withFilters(List.of());
        Sentences sentences = new Sentences(8);
        String[] lines = Stream.generate(() -> chat(sentences.text(50), sentences.text(100)))
                .limit(200)
                .toArray(String[]::new);

        prepare(lines);
        byte[] first = Files.readAllBytes(plan.file(Part.TEST));
        prepare(lines);

        assertThat(first).isNotEmpty().isEqualTo(Files.readAllBytes(plan.file(Part.TEST)));
    }

    @Test
    void cutsNoticesOutOfDocuments() throws IOException {
        plan = plan.withFilters(List.of());

        PreparationReport report = prepare(
                "{\"text\":\"Tents keep the rain out.\\nWe use cookies to improve this site.\\n粤ICP备12345678号\"}");

        assertThat(Files.readString(plan.out())).isEqualTo("{\"text\":\"Tents keep the rain out.\"}\n");
        assertThat(report.cut()).isOne();
    }

    @Test
    void namesTheLineThatHasNoKnownFormAndLeavesEarlierFilesAlone() throws IOException {
        prepare(chat("Where is my order?", "It left yesterday."));
        byte[] before = Files.readAllBytes(plan.out());

        assertThatThrownBy(() -> prepare(chat("a", "b"), "{\"role\":\"user\"}"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("QP-DATA-002")
                .hasMessageContaining("in.jsonl, line 2");
        assertThat(Files.readAllBytes(plan.out())).isEqualTo(before);
        try (Stream<Path> left = Files.list(folder.resolve("out"))) {
            assertThat(left).noneMatch(f -> f.getFileName().toString().startsWith("."));
        }
    }

    @Test
    void refusesToWriteNothing() {
        assertThatThrownBy(() -> prepare(chat("Hello?", "")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("QP-DATA-004")
                .hasMessageContaining("1 empty message");
    }

    @Test
    void goesOnAfterARunThatWasKilled() throws IOException {
        Path work = Files.createDirectories(folder.resolve("out/.d.jsonl.work"));
        Files.write(work.resolve("rows"), "left over".getBytes(StandardCharsets.UTF_8));

        prepare(chat("Where is my order?", "It left yesterday."));

        assertThat(work).doesNotExist();
        assertThat(Files.readAllLines(plan.out())).hasSize(1);
    }
}
