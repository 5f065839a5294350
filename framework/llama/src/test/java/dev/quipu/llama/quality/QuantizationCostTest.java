package dev.quipu.llama.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.catalog.PullListener;
import dev.quipu.llama.quantize.Quantization;
import dev.quipu.llama.quantize.QuantizeJob;
import dev.quipu.llama.quantize.QuantizeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Q8_0 costs a real model. The catalogue has it at four bits only, so its F16 file is made of that. */
@Tag("long")
class QuantizationCostTest {
    @TempDir
    Path folder;

    @Test
    void losesNextToNothingAtEightBits() throws Exception {
        Path full = make(ModelStore.standard().pull("smollm2-135m", PullListener.NONE), Quantization.F16);
        Path eight = make(full, Quantization.Q8_0);
        String text = Files.readString(Path.of("..", "..", "docs", "architecture.md"))
                + Files.readString(Path.of("..", "..", "docs", "decisions.md"));

        TextScore score = TextCheck.STANDARD.withMost(12).compare(eight, full, text, share -> {});

        System.getLogger(QuantizationCostTest.class.getName()).log(System.Logger.Level.INFO, score.toString());
        assertThat(score.perplexityChange()).isEqualTo(0, within(0.001));
        assertThat(score.meanDivergence()).isLessThanOrEqualTo(0.002);
    }

    private Path make(Path model, Quantization type) throws InterruptedException {
        QuantizeRequest request = QuantizeRequest.of(model, folder.resolve(type + ".gguf"), type);
        try (QuantizeJob job = QuantizeJob.start(request.withRequantize(true), share -> {})) {
            return job.await().file();
        }
    }
}
