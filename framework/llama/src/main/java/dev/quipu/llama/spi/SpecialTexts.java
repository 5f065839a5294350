package dev.quipu.llama.spi;

import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.GgufTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * The texts of a model's special tokens, such as the one that ends a turn. Thread-safe.
 *
 * <p>llama.cpp takes such a text in a prompt for the token itself. So whoever can write {@code <|im_end|>} into a message
 * could end it and go on in the name of the system; {@link #plain} takes that from them.
 */
public final class SpecialTexts {
    /** llama.cpp takes tokens that look so for special ones, whatever their file says. */
    private static final Pattern LOOK = Pattern.compile("<[|\uFF5C].+[|\uFF5C]>|<(start|end)_of_turn>|_?<EOT>");

    /** A shorter text stands for itself in many a sentence. */
    private static final int SHORTEST = 3;

    /** Marks before, after and between, by which families of models know where to fill in. */
    private static final List<Infill> INFILL = List.of(
            new Infill("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"),
            new Infill("<fim_prefix>", "<fim_suffix>", "<fim_middle>"),
            new Infill("<fim-prefix>", "<fim-suffix>", "<fim-middle>"),
            new Infill("<｜fim▁begin｜>", "<｜fim▁hole｜>", "<｜fim▁end｜>"),
            new Infill("<|code_prefix|>", "<|code_suffix|>", "<|code_middle|>"),
            new Infill("<PRE>", "<SUF>", "<MID>"));

    private final Map<String, List<String>> byBeginning = new HashMap<>();
    private final Optional<Infill> infill;

    private SpecialTexts(Collection<String> texts, Optional<Infill> infill) {
        this.infill = infill;
        for (String text : texts) {
            byBeginning
                    .computeIfAbsent(text.substring(0, SHORTEST), b -> new ArrayList<>())
                    .add(text);
        }
    }

    /** @throws dev.quipu.llama.gguf.GgufException if the file has no vocabulary that can be read */
    public static SpecialTexts of(Path model) {
        return of(GgufTokens.read(model, GgufFile.read(model)));
    }

    /** Of a vocabulary that was read already. */
    public static SpecialTexts of(GgufTokens tokens) {
        return of(tokens.count(), tokens::text, tokens::special);
    }

    static SpecialTexts of(int count, IntFunction<String> token, IntPredicate special) {
        Set<String> texts = new HashSet<>();
        Set<String> marks = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String text = token.apply(i);
            if (text.length() >= SHORTEST
                    && (special.test(i) || LOOK.matcher(text).matches())) {
                texts.add(text);
            }
            if (isMark(text)) {
                marks.add(text);
            }
        }
        Optional<Infill> infill = INFILL.stream()
                .filter(i -> marks.containsAll(List.of(i.before(), i.after(), i.between())))
                .findFirst();
        infill.ifPresent(i -> texts.addAll(List.of(i.before(), i.after(), i.between())));
        return new SpecialTexts(texts, infill);
    }

    private static boolean isMark(String text) {
        return INFILL.stream()
                .anyMatch(i -> i.before().equals(text)
                        || i.after().equals(text)
                        || i.between().equals(text));
    }

    /** The text with a space after the first character of each special text in it, so that it is only text. */
    public String plain(String text) {
        StringBuilder plain = null;
        int done = 0;
        for (int i = 0; i + SHORTEST <= text.length(); i++) {
            if (begins(text, i)) {
                plain = plain == null ? new StringBuilder(text.length() + 8) : plain;
                plain.append(text, done, i + 1).append(' ');
                done = i + 1;
            }
        }
        return plain == null ? text : plain.append(text, done, text.length()).toString();
    }

    private boolean begins(String text, int at) {
        for (String special : byBeginning.getOrDefault(text.substring(at, at + SHORTEST), List.of())) {
            if (text.startsWith(special, at)) {
                return true;
            }
        }
        return false;
    }

    /** How the model is asked to fill in; empty for a model that was not trained to. */
    public Optional<Infill> infill() {
        return infill;
    }

    /**
     * The marks of a prompt to fill in, by which a model tells what comes before the gap from what comes after it.
     *
     * @param before stands before what comes before the gap
     * @param after stands before what comes after it
     * @param between stands where the model goes on with what is missing
     */
    public record Infill(String before, String after, String between) {
        /** The prompt; both texts are plain ones. */
        public String prompt(String prefix, String suffix) {
            return before + prefix + after + suffix + between;
        }
    }
}
