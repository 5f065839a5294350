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

/**
 * What Q8_0 costs a real model. The catalogue has it at four bits only, so its F16 file is made of that.
 *
 * <p>llama.cpp rounds what it multiplies by quantized weights to eight bits, too, so the same weights in another type give
 * other logits. To measure what the file lost, its weights are brought back to F16 and computed as the reference is; the
 * file itself, with that rounding, has a looser bound.
 */
@Tag("long")
class QuantizationCostTest {
    @TempDir
    Path folder;

    @Test
    void losesNextToNothingAtEightBits() throws Exception {
        Path full = make(ModelStore.standard().pull("smollm2-135m", PullListener.NONE), Quantization.F16, "full.gguf");
        Path eight = make(full, Quantization.Q8_0, "eight.gguf");
        String text = Files.readString(Path.of("..", "..", "docs", "architecture.md"))
                + Files.readString(Path.of("..", "..", "docs", "decisions.md"));

        Path weights = make(eight, Quantization.F16, "weights.gguf");
        TextCheck check = TextCheck.STANDARD.withMost(12);

        TextScore lost = check.compare(weights, full, text, share -> {});
        TextScore used = check.compare(eight, full, text, share -> {});

        System.getLogger(QuantizationCostTest.class.getName())
                .log(System.Logger.Level.INFO, "weights " + lost + ", as used " + used);
        assertThat(lost.perplexityChange()).isEqualTo(0, within(0.001));
        assertThat(lost.meanDivergence()).isLessThanOrEqualTo(0.002);
        assertThat(used.meanDivergence()).isLessThanOrEqualTo(0.01);
    }

    private Path make(Path model, Quantization type, String name) throws InterruptedException {
        QuantizeRequest request = QuantizeRequest.of(model, folder.resolve(name), type);
        try (QuantizeJob job = QuantizeJob.start(request.withRequantize(true), share -> {})) {
            return job.await().file();
        }
    }
}
