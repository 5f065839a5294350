package dev.quipu.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingReportTest {
    @TempDir
    Path folder;

    private String report(int steps, List<TrainingReport.Sample> samples) throws Exception {
        List<Integer> passed = new ArrayList<>();
        TrainingReport report = new TrainingReport(p -> passed.add(p.step()));
        List<Float> losses = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            float loss = 4f / step + (step % 2) * 0.2f;
            losses.add(loss);
            report.step(new TrainingProgress(step, steps, loss, 2e-4, 1.5, 900, Duration.ZERO, 1 << 20));
        }
        TrainingOptions options = TrainingOptions.builder(folder.resolve("model.gguf"), folder.resolve("a<b>.gguf"))
                .build();
        TrainingResult result = new TrainingResult(options.output(), steps, steps, losses, false, 360_000_000);
        Path file = folder.resolve("report.html");
        report.write(file, options, result, Map.of("examples", 120, "longer than 256 tokens", 3), samples);
        assertThat(passed).hasSize(steps);
        return Files.readString(file);
    }

    @Test
    void drawsCurvesAndTellsSettingsAndCounts() throws Exception {
        String html = report(2_000, List.of());

        assertThat(html)
                .contains("aria-label=\"Loss\"", "aria-label=\"Learning rate\"", "Norm of the gradient")
                .contains("2000 of 2000", "360 MB", "<th>longer than 256 tokens</th><td>3</td>", "rank, alpha");
        assertThat(html.length()).isLessThan(200_000);
    }

    @Test
    void escapesWhatIsNotItsOwn() throws Exception {
        String html =
                report(3, List.of(new TrainingReport.Sample("<script>alert(1)</script>", "a & \"b\"", "tail\u0007'")));

        assertThat(html)
                .doesNotContain("<script>", "\u0007")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "a &amp; &quot;b&quot;", "a&lt;b&gt;.gguf");
    }

    @Test
    void needsNothingBesideIt() throws Exception {
        String html = report(1, List.of());

        assertThat(html).contains("default-src 'none'").doesNotContain("http://", "https://", " src=", "@import");
    }
}
