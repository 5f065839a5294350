package dev.quipu.server.bench;

import dev.quipu.training.data.Deduplication;
import dev.quipu.training.data.Duplicates;
import dev.quipu.training.data.Fields;
import dev.quipu.training.data.NearDuplicates;
import dev.quipu.training.data.Preparation;
import dev.quipu.training.data.RowSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast copies are found, how many of them, and how many that are none. All on one thread. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Measures the preparation of data: copies found, of texts of 1,400 characters on one thread.")
public final class DataBench implements Callable<Integer> {
    private static final int CHARACTERS = 1400;
    private static final int UNRELATED = 2001;
    private static final double[] SIMILARITIES = {0.95, 0.85, 0.75, 0.6};

    @Option(names = "--quick", description = "Fewer texts.")
    private boolean quick;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    private final Figures figures = new Figures();

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("quipu-bench");
        try {
            LikeTexts texts = new LikeTexts(new SplittableRandom(1));
            speed(texts, folder);
            for (double similarity : SIMILARITIES) {
                found(texts, folder, similarity);
            }
            unrelated(texts, folder);
            whole(texts, folder);
        } finally {
            delete(folder);
        }
        System.out.print(json ? figures.json() + System.lineSeparator() : figures.text());
        return 0;
    }

    /** Each text alone, then the search over all of them. */
    private void speed(LikeTexts texts, Path folder) {
        int count = quick ? 20_000 : 100_000;
        List<String> all =
                IntStream.range(0, count).mapToObj(i -> texts.text(CHARACTERS)).toList();
        List<Double> added = new ArrayList<>();
        List<Double> searched = new ArrayList<>();
        List<Double> parts = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            for (Deduplication rules : List.of(Deduplication.STANDARD.withoutKin(), Deduplication.STANDARD)) {
                try (NearDuplicates search = new NearDuplicates(folder.resolve("prints"), rules)) {
                    long start = System.nanoTime();
                    all.forEach(text -> search.add(text, "", 0));
                    long between = System.nanoTime();
                    search.find(all::get);
                    double seconds = (System.nanoTime() - between) / 1e9;
                    // The first run warms up.
                    if (run > 0) {
                        added.add(count / ((between - start) / 1e9));
                        (rules.kin() < rules.near() ? parts : searched).add(1e6 * seconds / count);
                    }
                }
            }
        }
        figures.add(new Figure("data.minhash.documents_per_second", "/s", new Runs(added)));
        figures.add(new Figure("data.minhash.search_microseconds", "us", new Runs(searched)));
        figures.add(new Figure("data.minhash.search_with_parts_microseconds", "us", new Runs(parts)));
    }

    /** Pairs of one similarity that share a candidate's number, and are then found alike by their texts. */
    private void found(LikeTexts texts, Path folder, double similarity) {
        int pairs = quick ? 300 : 1000;
        List<String> all = new ArrayList<>();
        IntStream.range(0, pairs).forEach(i -> all.addAll(texts.pair(CHARACTERS, similarity)));
        Deduplication rules = Deduplication.STANDARD.withNear(similarity - 0.05).withoutKin();
        Duplicates found = find(folder, rules, all);
        long right = IntStream.range(0, pairs)
                .filter(i -> found.original(2 * i + 1) == 2 * i)
                .count();
        figures.add(Figure.one("data.minhash.found_at_" + Math.round(100 * similarity), "", (double) right / pairs));
    }

    private void unrelated(LikeTexts texts, Path folder) {
        List<String> all = IntStream.range(0, UNRELATED)
                .mapToObj(i -> texts.text(CHARACTERS))
                .toList();
        Duplicates found = find(folder, Deduplication.STANDARD, all);
        figures.add(Figure.one("data.minhash.unrelated_pairs", "", UNRELATED * (UNRELATED - 1.0) / 2));
        figures.add(Figure.one("data.minhash.false_merges", "", (double)
                IntStream.range(0, UNRELATED).filter(found::isCopy).count()));
    }

    private static Duplicates find(Path folder, Deduplication rules, List<String> texts) {
        try (NearDuplicates search = new NearDuplicates(folder.resolve("prints"), rules)) {
            texts.forEach(text -> search.add(text, "", 0));
            return search.find(texts::get);
        }
    }

    /** From a file to parts and report, every tenth row a copy. */
    private void whole(LikeTexts texts, Path folder) throws IOException {
        int rows = quick ? 5_000 : 50_000;
        Path in = folder.resolve("in.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(in)) {
            for (int i = 0; i < rows / 10; i++) {
                String row = row(texts);
                out.write(row);
                out.write(row);
                for (int j = 0; j < 8; j++) {
                    out.write(row(texts));
                }
            }
        }
        List<Double> speeds = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            long start = System.nanoTime();
            Preparation.to(folder.resolve("out.jsonl")).run(List.of(RowSource.of(in, Fields.STANDARD)), read -> {});
            speeds.add(rows / ((System.nanoTime() - start) / 1e9));
        }
        figures.add(new Figure("data.prepare.rows_per_second", "/s", new Runs(speeds.subList(1, speeds.size()))));
    }

    private static String row(LikeTexts texts) {
        return "{\"prompt\":\"" + texts.text(CHARACTERS / 4) + "\",\"completion\":\"" + texts.text(CHARACTERS * 3 / 4)
                + "\"}\n";
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
