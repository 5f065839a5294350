package dev.quipu.llama.gguf;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** all-MiniLM-L6-v2 as a GGUF file, made of the quantized weights in LangChain4j's jar: the same model for llama.cpp. */
public final class MiniLm {
    /** Numbers of a vector. */
    public static final int WIDTH = 384;

    private static final int LAYERS = 6;
    private static final int INNER = 1536;
    private static final int MEAN = 1;
    private static final int RANK = 4;

    private final OnnxFile onnx = new OnnxFile(resource("/all-minilm-l6-v2-q.onnx"));
    private final GgufBytes gguf = new GgufBytes();

    private MiniLm() {}

    /** The model, whose vectors are the mean of its tokens'. */
    public static Path embedder(Path folder) {
        return new MiniLm().write(folder.resolve("minilm.gguf"), MEAN, new Head(new float[0], new float[0]));
    }

    /** The same with a head of random weights that scores pairs: what its first token's vector comes to in them. */
    public static Path reranker(Path folder, Head head) {
        return new MiniLm().write(folder.resolve("reranker.gguf"), RANK, head);
    }

    /**
     * Two layers with a tanh between them.
     *
     * @param first a row of {@link #WIDTH} weights for each of as many numbers
     * @param second a weight for each of them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Head(float[] first, float[] second) {
        public static Head random(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] first = new float[WIDTH * WIDTH];
            float[] second = new float[WIDTH];
            for (int i = 0; i < first.length; i++) {
                first[i] = (float) random.nextGaussian(0, 0.05);
            }
            for (int i = 0; i < second.length; i++) {
                second[i] = (float) random.nextGaussian(0, 0.2);
            }
            return new Head(first, second);
        }

        public double score(float[] vector) {
            double score = 0;
            for (int row = 0; row < WIDTH; row++) {
                double sum = 0;
                for (int i = 0; i < WIDTH; i++) {
                    sum += first[row * WIDTH + i] * vector[i];
                }
                score += Math.tanh(sum) * second[row];
            }
            return score;
        }
    }

    private Path write(Path file, int pooling, Head head) {
        gguf.put("general.architecture", "bert");
        gguf.put("bert.block_count", LAYERS).put("bert.context_length", 512).put("bert.embedding_length", WIDTH);
        gguf.put("bert.feed_forward_length", INNER).put("bert.attention.head_count", 12);
        gguf.put("bert.attention.layer_norm_epsilon", ValueType.FLOAT32, 1e-12f);
        gguf.put("bert.attention.causal", ValueType.BOOL, false);
        gguf.put("bert.pooling_type", pooling);
        vocabulary();
        table("token_embd.weight", "embeddings.word_embeddings.weight");
        table("position_embd.weight", "embeddings.position_embeddings.weight");
        table("token_types.weight", "embeddings.token_type_embeddings.weight");
        norm("token_embd_norm", "embeddings.LayerNorm");
        for (int i = 0; i < LAYERS; i++) {
            String to = "blk." + i + ".";
            String from = "encoder.layer." + i + ".";
            dense(to + "attn_q", from + "attention.self.query");
            dense(to + "attn_k", from + "attention.self.key");
            dense(to + "attn_v", from + "attention.self.value");
            dense(to + "attn_output", from + "attention.output.dense");
            norm(to + "attn_output_norm", from + "attention.output.LayerNorm");
            dense(to + "ffn_up", from + "intermediate.dense");
            dense(to + "ffn_down", from + "output.dense");
            norm(to + "layer_output_norm", from + "output.LayerNorm");
        }
        if (pooling == RANK) {
            gguf.tensor("cls.weight", TensorType.F32, bytes(head.first()), (long) WIDTH, (long) WIDTH);
            gguf.tensor("cls.output.weight", TensorType.F32, bytes(head.second()), (long) WIDTH, 1L);
        }
        try {
            return Files.write(file, gguf.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As llama.cpp's converter writes it: pieces that begin a word are marked instead of those that go on. */
    private void vocabulary() {
        try {
            var pieces = new ObjectMapper()
                    .readTree(resource("/all-minilm-l6-v2-q-tokenizer.json"))
                    .path("model")
                    .path("vocab");
            String[] tokens = new String[pieces.size()];
            pieces.properties().forEach(piece -> tokens[piece.getValue().asInt()] = marked(piece.getKey()));
            List<byte[]> texts = Arrays.stream(tokens)
                    .map(token -> token.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .toList();
            gguf.put("tokenizer.ggml.model", "bert");
            gguf.put("tokenizer.ggml.token_type_count", 2);
            gguf.putArray("tokenizer.ggml.tokens", ValueType.STRING, texts);
            gguf.put("tokenizer.ggml.unknown_token_id", 100).put("tokenizer.ggml.seperator_token_id", 102);
            gguf.put("tokenizer.ggml.padding_token_id", 0).put("tokenizer.ggml.bos_token_id", 101);
            gguf.put("tokenizer.ggml.mask_token_id", 103);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String marked(String piece) {
        if (piece.startsWith("[") && piece.endsWith("]")) {
            return piece;
        }
        return piece.startsWith("##") ? piece.substring(2) : "\u2581" + piece;
    }

    private void table(String to, String from) {
        OnnxFile.Tensor whole = onnx.tensor(from + "_quantized");
        float scale = onnx.tensor(from + "_scale").number(0);
        float zero = onnx.tensor(from + "_zero_point").number(0);
        float[] numbers = new float[whole.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (whole.number(i) - zero) * scale;
        }
        gguf.tensor(to, TensorType.F32, bytes(numbers), whole.dimensions.get(1), whole.dimensions.get(0));
    }

    /** ONNX multiplies from the left, with a scale for each column; GGUF has a row for each result. */
    private void dense(String to, String from) {
        String node = "/" + from.replace(".", "/").replace("layer/", "layer.") + "/MatMul_quant";
        String weight = onnx.inputs(node).get(1).replace("_quantized", "");
        OnnxFile.Tensor whole = onnx.tensor(weight + "_quantized");
        OnnxFile.Tensor scale = onnx.tensor(weight + "_scale");
        OnnxFile.Tensor zero = onnx.tensor(weight + "_zero_point");
        int in = whole.dimensions.get(0).intValue();
        int out = whole.dimensions.get(1).intValue();
        float[] rows = new float[in * out];
        for (int row = 0; row < out; row++) {
            for (int i = 0; i < in; i++) {
                rows[row * in + i] = (whole.number(i * out + row) - zero.number(row)) * scale.number(row);
            }
        }
        gguf.tensor(to + ".weight", TensorType.F32, bytes(rows), (long) in, (long) out);
        vector(to + ".bias", from + ".bias");
    }

    private void norm(String to, String from) {
        vector(to + ".weight", from + ".weight");
        vector(to + ".bias", from + ".bias");
    }

    private void vector(String to, String from) {
        OnnxFile.Tensor tensor = onnx.tensor(from);
        float[] numbers = new float[tensor.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = tensor.number(i);
        }
        gguf.tensor(to, TensorType.F32, bytes(numbers), (long) numbers.length);
    }

    private static byte[] bytes(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return bytes.array();
    }

    private static byte[] resource(String name) {
        try (InputStream in = java.util.Objects.requireNonNull(MiniLm.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
