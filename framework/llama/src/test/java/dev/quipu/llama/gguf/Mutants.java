package dev.quipu.llama.gguf;

import dev.quipu.llama.gguf.GgufBytes.Tensor;
import dev.quipu.llama.gguf.GgufBytes.Typed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Damaged copies of tiny models, each determined by its number. Half have bytes of their header changed at random; the
 * other half are well-formed files that say something wrong, which gets deeper into a loader.
 */
final class Mutants {
    private static final List<Long> NUMBERS = List.of(
            0L,
            1L,
            2L,
            3L,
            4L,
            5L,
            6L,
            7L,
            8L,
            9L,
            10L,
            12L,
            16L,
            24L,
            31L,
            32L,
            33L,
            48L,
            63L,
            64L,
            65L,
            96L,
            128L,
            256L,
            257L,
            264L,
            269L,
            512L,
            513L,
            1024L,
            1025L,
            4096L,
            65535L,
            65536L,
            67108866L,
            134217729L,
            536870916L,
            2147483647L,
            2147483648L,
            4294967294L,
            4294967295L,
            -1L,
            -2L,
            1L << 40,
            Long.MAX_VALUE,
            Long.MIN_VALUE);

    private static final List<Float> REALS =
            List.of(0f, -0f, 1f, -1f, 0.5f, 1e-30f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);

    /** Keys that llama.cpp reads when they are there; {@code @} is the architecture. */
    private static final List<String> OPTIONAL_WHOLE = List.of(
            "@.vocab_size",
            "@.expert_count",
            "@.expert_used_count",
            "@.expert_group_count",
            "@.expert_group_used_count",
            "@.pooling_type",
            "@.embedding_length_out",
            "@.nextn_predict_layers",
            "@.attention.key_length",
            "@.attention.value_length",
            "@.attention.key_length_swa",
            "@.attention.value_length_swa",
            "@.rope.dimension_count",
            "@.rope.dimension_count_swa",
            "@.attention.sliding_window",
            "@.attention.sliding_window_pattern",
            "@.rope.scaling.original_context_length",
            "@.classifier.pooling_type",
            "@.attention.shared_kv_layers",
            "tokenizer.ggml.token_type_count",
            "tokenizer.ggml.eot_token_id",
            "tokenizer.ggml.padding_token_id",
            "tokenizer.ggml.fim_pad_token_id",
            "general.alignment",
            "general.file_type",
            "general.quantization_version",
            "split.count",
            "split.no",
            "split.tensors.count");

    private static final List<String> OPTIONAL_REAL = List.of(
            "@.rope.scaling.factor",
            "@.rope.freq_base",
            "@.rope.freq_base_swa",
            "@.attention.layer_norm_epsilon",
            "@.attention.layer_norm_rms_epsilon",
            "@.attention.max_alibi_bias",
            "@.attention.clamp_kqv",
            "@.final_logit_softcapping",
            "@.attn_logit_softcapping",
            "@.logit_scale",
            "@.attention.scale",
            "@.rope.scaling.attn_factor",
            "@.rope.scaling.yarn_log_multiplier",
            "@.rope.scaling.alpha");

    private static final List<String> OPTIONAL_TRUTH = List.of(
            "@.attention.causal",
            "@.use_parallel_residual",
            "@.rope.scaling.finetuned",
            "tokenizer.ggml.add_bos_token",
            "tokenizer.ggml.add_eos_token",
            "tokenizer.ggml.add_sep_token",
            "tokenizer.ggml.add_space_prefix",
            "tokenizer.ggml.remove_extra_whitespaces");

    private static final List<String> TEXTS = List.of(
            "",
            "none",
            "no_vocab",
            "llama",
            "gpt2",
            "bert",
            "t5",
            "rwkv",
            "plamo2",
            "test",
            "gemma4",
            "whitespace",
            "hybriddna",
            "qwen2",
            "qwen3",
            "gemma3",
            "gemma2",
            "mamba",
            "phi3",
            "clip",
            "default",
            "llama-bpe",
            "kimi-k2",
            "linear",
            "yarn",
            "longrope",
            "su",
            "phi-3",
            "modern-bert",
            "adapter",
            "{{ messages",
            "\u0000");

    private static final List<String> TOKENS = List.of(
            "",
            "a",
            "hello",
            "<0x0A>",
            "<0x00>",
            "<s>",
            "[EMPTY_7]",
            "a\u0000b",
            "<|im_end|>",
            "<|endoftext|>",
            "</s>",
            " ",
            "\n",
            "\u2581",
            "<",
            "<0xZZ>",
            "<|end|>",
            "<|return|>",
            "<|call|>",
            "unused",
            "\ud83d\ude00");

    private static final int[] TENSOR_TYPES = {
        0, 1, 2, 3, 8, 9, 10, 12, 14, 15, 16, 20, 24, 25, 26, 27, 28, 30, 34, 39, 40, 41, 99, -1
    };

    private final RandomGenerator random;

    private Mutants(RandomGenerator random) {
        this.random = random;
    }

    static byte[] of(long number) {
        SplittableRandom random = new SplittableRandom(number);
        Mutants mutants = new Mutants(random);
        String architecture = mutants.one(TinyModel.ARCHITECTURES);
        TinyModel.Shape shape = random.nextInt(4) == 0 ? mutants.shape() : TinyModel.Shape.USUAL;
        GgufBytes model = TinyModel.of(architecture, random.nextBoolean(), shape);
        if (random.nextBoolean()) {
            return damage(model.build(), model.header().length, random);
        }
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            mutants.change(model, architecture);
        }
        return model.build();
    }

    /** The same of models that make vectors. */
    static byte[] ofEncoder(long number) {
        SplittableRandom random = new SplittableRandom(number);
        Mutants mutants = new Mutants(random);
        TinyModel.Shape shape = random.nextInt(4) == 0 ? mutants.shape() : TinyModel.Shape.USUAL;
        GgufBytes model = TinyModel.encoder(random.nextBoolean(), shape);
        if (random.nextBoolean()) {
            return damage(model.build(), model.header().length, random);
        }
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            mutants.change(model, "bert");
        }
        return model.build();
    }

    /** Changes a few bytes of a header. */
    static byte[] damage(byte[] whole, int header, RandomGenerator random) {
        byte[] bytes = whole.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(header);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = bytes[random.nextInt(header)];
                case 3 -> {
                    long number = NUMBERS.get(random.nextInt(NUMBERS.size()));
                    for (int j = 0; j < 4 && at + j < header; j++) {
                        bytes[at + j] = (byte) (number >> (8 * j));
                    }
                }
                default -> {
                    int from = random.nextInt(header);
                    int length = Math.min(random.nextInt(1, 40), header - Math.max(from, at));
                    System.arraycopy(whole, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }

    private TinyModel.Shape shape() {
        return new TinyModel.Shape(
                one(List.of(8, 24, 30, 32, 33, 48, 64)),
                one(List.of(1, 2, 3, 4, 6)),
                one(List.of(1, 2, 3, 4)),
                one(List.of(1, 2, 3, 6, 7, 8, 10, 16, 64, 80, 256)),
                one(List.of(1, 2, 3)),
                one(List.of(1, 7, 32, 64)));
    }

    private void change(GgufBytes model, String architecture) {
        switch (random.nextInt(12)) {
            case 0, 1 -> model.put(key(OPTIONAL_WHOLE, architecture), whole(), one(NUMBERS));
            case 2 -> model.put(key(OPTIONAL_REAL, architecture), ValueType.FLOAT32, one(REALS));
            case 3 -> {
                model.put(key(OPTIONAL_TRUTH, architecture), ValueType.BOOL, random.nextBoolean());
                if (random.nextInt(4) == 0) {
                    model.put(architecture + ".attention.sliding_window", 8);
                    model.putArray(
                            architecture + ".attention.sliding_window_pattern",
                            ValueType.BOOL,
                            List.of(random.nextBoolean(), random.nextBoolean()));
                }
            }
            case 4, 5 -> revalue(model, one(new ArrayList<>(model.metadata.keySet())));
            case 6 -> model.metadata.remove(one(new ArrayList<>(model.metadata.keySet())));
            case 7, 8 -> retoken(model);
            case 9 -> array(model, one(new ArrayList<>(model.metadata.keySet())));
            case 10 ->
                model.put(
                        one(List.of(
                                "tokenizer.ggml.model",
                                "tokenizer.ggml.pre",
                                "general.name",
                                architecture + ".rope.scaling.type",
                                "general.type")),
                        one(TEXTS));
            default -> tensor(model);
        }
    }

    private String key(List<String> keys, String architecture) {
        return one(keys).replace("@", architecture);
    }

    private ValueType whole() {
        return random.nextInt(5) == 0
                ? one(List.of(ValueType.INT32, ValueType.UINT64, ValueType.UINT16, ValueType.UINT8, ValueType.INT64))
                : ValueType.UINT32;
    }

    private void revalue(GgufBytes model, String key) {
        switch (Objects.requireNonNull(model.metadata.get(key)).type()) {
            case FLOAT32 -> model.put(key, ValueType.FLOAT32, one(REALS));
            case BOOL -> model.put(key, ValueType.BOOL, random.nextBoolean());
            case STRING -> model.put(key, one(TEXTS));
            case ARRAY -> array(model, key);
            default -> model.put(key, whole(), one(NUMBERS));
        }
    }

    private void retoken(GgufBytes model) {
        if (!model.metadata.containsKey("tokenizer.ggml.tokens")) {
            return;
        }
        List<Object> tokens = model.array("tokenizer.ggml.tokens");
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(3)) {
            case 0 -> tokens.set(at, one(tokens));
            case 1 -> tokens.set(at, one(TOKENS).getBytes(StandardCharsets.UTF_8));
            default -> {
                byte[] noise = new byte[random.nextInt(6)];
                random.nextBytes(noise);
                tokens.set(at, noise);
            }
        }
    }

    private void array(GgufBytes model, String key) {
        Typed typed = Objects.requireNonNull(model.metadata.get(key));
        if (typed.type() != ValueType.ARRAY) {
            if (typed.type() == ValueType.UINT32) {
                List<Object> each = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    each.add(random.nextBoolean() ? typed.value() : one(NUMBERS));
                }
                model.putArray(key, ValueType.UINT32, each);
            }
            return;
        }
        List<Object> values = model.array(key);
        if (values.isEmpty()) {
            return;
        }
        int at = random.nextInt(values.size());
        switch (random.nextInt(4)) {
            case 0 -> values.remove(at);
            case 1 -> values.add(values.get(at));
            case 2 -> values.set(at, values.get(random.nextInt(values.size())));
            default -> {
                if (values.get(at) instanceof Integer) {
                    values.set(at, random.nextInt(-1, 9));
                } else if (values.get(at) instanceof Float) {
                    values.set(at, one(REALS));
                }
            }
        }
    }

    private void tensor(GgufBytes model) {
        int at = random.nextInt(model.tensors.size());
        Tensor tensor = model.tensors.get(at);
        switch (random.nextInt(5)) {
            case 0 -> model.tensors.remove(at);
            case 1 -> {
                List<Long> dimensions = new ArrayList<>(tensor.dimensions());
                dimensions.set(random.nextInt(dimensions.size()), one(NUMBERS));
                model.tensors.set(at, new Tensor(tensor.name(), dimensions, tensor.type(), tensor.data()));
            }
            case 2 -> {
                int id = TENSOR_TYPES[random.nextInt(TENSOR_TYPES.length)];
                model.tensors.set(at, new Tensor(tensor.name(), tensor.dimensions(), id, data(tensor, id)));
            }
            case 3 ->
                model.tensors.set(
                        at,
                        new Tensor(
                                one(model.tensors).name() + (random.nextBoolean() ? "" : "x"),
                                tensor.dimensions(),
                                tensor.type(),
                                tensor.data()));
            default -> {
                List<Long> dimensions = new ArrayList<>(tensor.dimensions());
                dimensions.add(random.nextBoolean() ? 1L : 2L);
                model.tensors.set(at, new Tensor(tensor.name(), dimensions, tensor.type(), tensor.data()));
            }
        }
    }

    /** As many bytes as the tensor takes in its new type. */
    private byte[] data(Tensor tensor, int id) {
        long elements = tensor.dimensions().stream().reduce(1L, (a, b) -> a * b);
        byte[] data = TensorType.of(id)
                .map(t -> new byte[(int) Math.clamp(elements / t.blockSize() * t.blockBytes(), 0, 1 << 20)])
                .orElse(tensor.data());
        random.nextBytes(data);
        return data;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
