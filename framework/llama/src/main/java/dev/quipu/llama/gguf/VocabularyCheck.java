package dev.quipu.llama.gguf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Checks the vocabulary against what llama.cpp asserts of it, when it loads and when it tokenises. */
final class VocabularyCheck {
    private static final String PREFIX = "tokenizer.ggml.";
    /** What files write for a token that does not exist. */
    private static final long NO_TOKEN = 0xFFFF_FFFFL;
    /** The last byte value that occurs in UTF-8, and the two below it that never do. */
    private static final int LAST_BYTE = 0xF4;

    /** The highest of the numbers that a file without them means. */
    private static final long WORD_PIECE_LAST = 103;

    /** What {@code token_type} has for a token that stands for one byte. */
    private static final int BYTE_TYPE = 6;

    private static final int NEVER_FIRST = 0xC0;
    private static final int NEVER_LAST = 0xC1;

    private static final List<String> SPECIAL = List.of(
            "bos_token_id",
            "eos_token_id",
            "eot_token_id",
            "eom_token_id",
            "unknown_token_id",
            "seperator_token_id",
            "padding_token_id",
            "mask_token_id",
            "prefix_token_id",
            "suffix_token_id",
            "middle_token_id",
            "fim_pre_token_id",
            "fim_suf_token_id",
            "fim_mid_token_id",
            "fim_pad_token_id",
            "fim_rep_token_id",
            "fim_sep_token_id");

    private final GgufFile file;

    VocabularyCheck(GgufFile file) {
        this.file = file;
    }

    void run(HeaderReader in) throws IOException {
        Kind kind = Kind.of(file);
        GgufValue.Array tokens = array("tokens", ValueType.STRING)
                .orElseThrow(() -> wrong("tokenizer.ggml.tokens is missing or no array of texts"));
        if (tokens.count() == 0) {
            throw wrong("tokenizer.ggml.tokens is empty");
        }
        requireLength("scores", tokens.count());
        requireLength("token_type", tokens.count());
        for (String key : SPECIAL) {
            requireToken(key, tokens.count());
        }
        requireAdded("add_bos_token", "bos_token_id", kind.bos, kind.addsBos, tokens.count());
        requireAdded("add_eos_token", "eos_token_id", kind.eos, false, tokens.count());
        TokenTable table = TokenTable.read(in, tokens);
        table.requireDistinct();
        if (kind == Kind.SENTENCE_PIECE) {
            requireBytes(table);
        }
        if (kind == Kind.WORD_PIECE) {
            requireWordPieces(tokens.count());
            requireNoBytes(in);
        }
    }

    private Optional<GgufValue.Array> array(String key, ValueType type) {
        return file.array(PREFIX + key).filter(a -> a.type() == type);
    }

    private void requireLength(String key, long tokens) {
        Optional<GgufValue.Array> array = file.array(PREFIX + key);
        if (array.isPresent() && array.get().count() != tokens) {
            throw wrong(PREFIX + key + " has " + array.get().count() + " elements for " + tokens + " tokens");
        }
    }

    private void requireToken(String key, long tokens) {
        file.number(PREFIX + key).ifPresent(id -> {
            if ((id < 0 || id >= tokens) && id != NO_TOKEN && id != -1) {
                throw wrong(PREFIX + key + " is " + id + ", but the vocabulary has " + tokens + " tokens");
            }
        });
    }

    /** A tokeniser that is to add a token asserts that there is one. */
    private void requireAdded(String flag, String key, long usual, boolean usually, long tokens) {
        boolean adds = file.metadata().get(PREFIX + flag) instanceof GgufValue.Truth truth ? truth.holds() : usually;
        long id = file.number(PREFIX + key).orElse(NO_TOKEN);
        boolean there = (id >= 0 && id < tokens) || (usual >= 0 && usual < tokens);
        if (adds && !there) {
            throw wrong(PREFIX + flag + " wants a token that the vocabulary of " + tokens + " tokens does not have");
        }
    }

    /** Text that no piece covers is spelled in bytes; a byte without a token ends the process. */
    private static void requireBytes(TokenTable table) {
        for (int b = 0; b <= LAST_BYTE; b++) {
            if (b == NEVER_FIRST || b == NEVER_LAST) {
                continue;
            }
            String hex = HexFormat.of().withUpperCase().toHexDigits((byte) b);
            byte[] spelled = ("<0x" + hex + ">").getBytes(StandardCharsets.US_ASCII);
            if (table.indexOf(spelled).isEmpty()
                    && (b == 0 || table.indexOf(new byte[] {(byte) b}).isEmpty())) {
                throw wrong("The vocabulary has no token for the byte 0x" + hex);
            }
        }
    }

    /** Every text is put between two tokens, and a word without pieces is a third; their numbers go into the tables. */
    private void requireWordPieces(long tokens) {
        for (String key : List.of("bos_token_id", "unknown_token_id", "seperator_token_id")) {
            long id = file.number(PREFIX + key).orElse(WORD_PIECE_LAST);
            if (id < 0 || id >= tokens) {
                throw wrong(PREFIX + key + " is " + id + ", but the vocabulary has " + tokens + " tokens");
            }
        }
    }

    /** llama.cpp asks each token that stands for a byte which one that is, and ends the process over one of word pieces. */
    private void requireNoBytes(HeaderReader in) throws IOException {
        Optional<GgufValue.Array> types = array("token_type", ValueType.INT32);
        if (types.isEmpty()) {
            return;
        }
        in.moveTo(types.get().position());
        for (long token = 0; token < types.get().count(); token++) {
            if (in.readInt("the type of a token") == BYTE_TYPE) {
                throw wrong("Token " + token + " stands for a byte, which word pieces do not do");
            }
        }
    }

    private static GgufException wrong(String what) {
        return new GgufException(GgufError.VOCABULARY, what + ".");
    }

    /** The tokenisers whose assertions are known here. */
    private enum Kind {
        SENTENCE_PIECE("llama", 1, 2, true),
        BYTE_PAIRS("gpt2", 11, 11, false),
        GEMMA("gemma4", -1, -1, true),
        WORD_PIECE("bert", 101, -1, true);

        private final String model;
        private final long bos;
        private final long eos;
        private final boolean addsBos;

        Kind(String model, long bos, long eos, boolean addsBos) {
            this.model = model;
            this.bos = bos;
            this.eos = eos;
            this.addsBos = addsBos;
        }

        static Kind of(GgufFile file) {
            String model = file.text(PREFIX + "model").orElse("");
            for (Kind kind : values()) {
                if (kind.model.equals(model)) {
                    return kind;
                }
            }
            throw new GgufException(
                    GgufError.UNSUPPORTED,
                    "The tokeniser is '" + model + "', but llama, gpt2, gemma4 and bert are known here.");
        }
    }
}
