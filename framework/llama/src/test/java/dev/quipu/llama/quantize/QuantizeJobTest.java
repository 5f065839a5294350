package dev.quipu.llama.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTensor;
import dev.quipu.llama.gguf.TensorType;
import dev.quipu.llama.gguf.TinyFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quantization of a tiny model, in a process of its own as always. */
class QuantizeJobTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"F16", "Q8_0", "Q4_K_M", "Q4_0"})
    void makesAFileOfTheTypeThatWasAskedFor(Quantization type) throws Exception {
        QuantizeRequest request = request(TinyFiles.random(folder), type);

        QuantizedModel made = quantize(request);

        assertThat(GgufFile.read(made.file()).number("general.file_type")).hasValue(type.fileType());
        assertThat(made.bytes()).isEqualTo(Files.size(made.file())).isLessThan(made.sourceBytes());
        assertThat(names()).containsExactlyInAnyOrder("tiny.gguf", "out.gguf");
    }

    @Test
    void tellsItsProgressUpToTheEnd() throws Exception {
        List<Double> told = new ArrayList<>();
        QuantizeRequest request = request(TinyFiles.random(folder), Quantization.Q8_0);

        try (QuantizeJob job = QuantizeJob.start(request, told::add)) {
            job.await();
        }

        assertThat(told).hasSizeGreaterThan(10).isSorted();
        assertThat(told.getLast()).isGreaterThan(0.9).isLessThanOrEqualTo(1);
    }

    @Test
    void neverWritesMoreThanItHadSpaceFor() throws Exception {
        Path model = TinyFiles.random(folder);
        long most = Preflight.mostBytes(GgufFile.read(model), Quantization.Q4_K_M);

        QuantizedModel made = quantize(request(model, Quantization.Q4_K_M));

        assertThat(made.bytes()).isLessThanOrEqualTo(most);
    }

    @Test
    void refusesAModelThatIsQuantizedAlready() throws Exception {
        Path once =
                quantize(request(TinyFiles.random(folder), Quantization.Q8_0)).file();
        QuantizeRequest again = QuantizeRequest.of(once, folder.resolve("again.gguf"), Quantization.Q4_0);

        requireFailure(() -> quantize(again), QuantizeError.QUANTIZED);
    }

    @Test
    void quantizesAgainWhereThatIsAllowed() throws Exception {
        Path once =
                quantize(request(TinyFiles.random(folder), Quantization.Q8_0)).file();
        QuantizeRequest again = QuantizeRequest.of(once, folder.resolve("again.gguf"), Quantization.F16);

        QuantizedModel made = quantize(again.withRequantize(true));

        assertThat(GgufFile.read(made.file()).number("general.file_type")).hasValue(1);
    }

    @Test
    void changesOnlyTypesThatDoNotBatch() throws Exception {
        Path mixed =
                quantize(request(TinyFiles.random(folder), Quantization.Q5_K_M)).file();
        Map<String, TensorType> before = types(mixed);

        Path made = quantize(QuantizeRequest.of(mixed, folder.resolve("fast.gguf"), Quantization.BATCHED))
                .file();

        assertThat(before).containsValue(TensorType.Q5_1).containsValue(TensorType.Q8_0);
        before.replaceAll((name, type) -> type.batches() ? type : TensorType.Q8_0);
        assertThat(types(made)).isEqualTo(before);
    }

    @Test
    void losesLessThanPlainQuantizationWhereNumbersStandOnAGrid() throws Exception {
        Path mixed =
                quantize(request(TinyFiles.random(folder), Quantization.Q5_K_M)).file();

        Path batched = quantize(QuantizeRequest.of(mixed, folder.resolve("fast.gguf"), Quantization.BATCHED))
                .file();
        Path plain = quantize(QuantizeRequest.of(mixed, folder.resolve("eight.gguf"), Quantization.Q8_0)
                        .withRequantize(true))
                .file();

        assertThat(lost(mixed, batched)).isLessThan(lost(mixed, plain) / 2);
    }

    /** The sum of squares by which two models differ, both as 16-bit numbers. */
    private double lost(Path one, Path other) throws Exception {
        float[] a = halves(one);
        float[] b = halves(other);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
        }
        return sum;
    }

    private float[] halves(Path model) throws Exception {
        Path full = folder.resolve("full.gguf");
        quantize(QuantizeRequest.of(model, full, Quantization.F16)
                .withRequantize(true)
                .withReplace(true));
        GgufFile file = GgufFile.read(full);
        GgufTensor tensor = file.tensor("blk.0.ffn_up.weight").orElseThrow();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(full)).order(ByteOrder.LITTLE_ENDIAN);
        float[] numbers = new float[Math.toIntExact(tensor.elements())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] =
                    Float.float16ToFloat(bytes.getShort(Math.toIntExact(file.dataOffset() + tensor.offset()) + 2 * i));
        }
        return numbers;
    }

    private static Map<String, TensorType> types(Path model) {
        return GgufFile.read(model).tensors().stream().collect(Collectors.toMap(GgufTensor::name, GgufTensor::type));
    }

    @Test
    void leavesNothingBehindWhenItIsCancelled() throws Exception {
        QuantizeRequest request = request(TinyFiles.random(folder), Quantization.Q8_0);

        try (QuantizeJob job = QuantizeJob.start(request, share -> {})) {
            job.cancel();

            requireFailure(job::await, QuantizeError.CANCELLED);
        }
        assertThat(names()).containsExactly("tiny.gguf");
    }

    @Test
    void leavesNothingBehindWhenLlamaCppRefusesTheWeights() throws Exception {
        QuantizeRequest request = request(TinyFiles.notANumber(folder), Quantization.Q8_0);

        assertThatThrownBy(() -> quantize(request))
                .isInstanceOfSatisfying(
                        QuantizeException.class, e -> assertThat(e.code()).isEqualTo(QuantizeError.FAILED))
                .hasMessageContaining("token_embd.weight");
        assertThat(names()).containsExactly("nan.gguf");
    }

    @Test
    void refusesToFillTheDisk() throws Exception {
        QuantizeRequest request = request(TinyFiles.random(folder), Quantization.Q8_0);

        requireFailure(() -> QuantizeJob.start(request, share -> {}, place -> 1_000), QuantizeError.DISK);
    }

    @Test
    void replacesAFileOnlyWhenAllowed() throws Exception {
        QuantizeRequest request = request(TinyFiles.random(folder), Quantization.Q8_0);
        Files.writeString(request.output(), "something dear");

        requireFailure(() -> quantize(request), QuantizeError.OUTPUT);
        assertThat(request.output()).hasContent("something dear");

        QuantizedModel made = quantize(request.withReplace(true));

        assertThat(GgufFile.read(made.file()).number("general.file_type")).hasValue(7);
    }

    @Test
    void neverReplacesItsInput() throws Exception {
        Path model = TinyFiles.random(folder);
        QuantizeRequest request =
                QuantizeRequest.of(model, model, Quantization.Q8_0).withReplace(true);

        requireFailure(() -> quantize(request), QuantizeError.OUTPUT);
    }

    @Test
    void refusesWhatIsNoModel() throws Exception {
        Path text = Files.writeString(folder.resolve("text.gguf"), "not a model");

        requireFailure(() -> quantize(request(text, Quantization.Q8_0)), QuantizeError.INPUT);
    }

    @Test
    void endsWithItsParent() throws Exception {
        Path output = Files.createFile(folder.resolve("left.partial"));
        QuantizeRequest request = request(TinyFiles.random(folder), Quantization.Q8_0);
        QuantizeProcess process = QuantizeProcess.start(request, GgufFile.read(request.input()), output);

        process.leave();
        String failure = process.follow(GgufFile.read(request.input()), share -> {});

        assertThat(failure).contains("ended with 1");
        assertThat(names()).containsExactly("tiny.gguf");
    }

    private QuantizeRequest request(Path model, Quantization type) {
        return QuantizeRequest.of(model, folder.resolve("out.gguf"), type).withThreads(1);
    }

    private static QuantizedModel quantize(QuantizeRequest request) throws InterruptedException {
        try (QuantizeJob job = QuantizeJob.start(request, share -> {})) {
            return job.await();
        }
    }

    private static void requireFailure(ThrowingCallable call, QuantizeError code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        QuantizeException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
