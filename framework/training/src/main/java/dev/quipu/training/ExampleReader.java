package dev.quipu.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.llama.Engine;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.training.internal.ChatExamples;
import dev.quipu.training.internal.TextExamples;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads examples, one JSON object a line:
 *
 * <ul>
 *   <li>{@code {"messages": [{"role": "user", "content": "…"}, …]}}: the model's own chat template writes the conversation,
 *       and what the assistant says is learnt, up to the token that ends its turn;
 *   <li>{@code {"instruction": "…", "input": "…", "output": "…"}}: the same with one question and one answer;
 *   <li>{@code {"prompt": "…", "completion": "…"}}: no template; the completion is learnt;
 *   <li>{@code {"text": "…"}}: all of it is learnt; what is longer than a sequence is cut into several.
 * </ul>
 */
public final class ExampleReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChatExamples chats;
    private final TextExamples texts;

    /**
     * @param engine that has the model loaded; it makes the tokens
     * @param model the same model's header
     * @param length tokens of a sequence
     */
    public ExampleReader(Engine engine, GgufFile model, int length) {
        texts = new TextExamples(engine, model, length);
        chats = new ChatExamples(engine, texts);
    }

    /** @throws TrainingException if the file cannot be read, or a line is none of these forms */
    public Examples read(Path file) {
        List<Example> all = new ArrayList<>();
        Map<String, Integer> skipped = new LinkedHashMap<>();
        lines(file, (line, place) -> {
            List<Example> found = examples(line, place);
            if (usable(found, skipped)) {
                all.addAll(found);
            }
        });
        return new Examples(all, skipped);
    }

    /**
     * Reads pairs of answers: {@code {"messages": […], "chosen": "…", "rejected": "…"}}, where the messages end with the
     * user's, or {@code {"prompt": "…", "chosen": "…", "rejected": "…"}} without a template.
     *
     * @throws TrainingException if the file cannot be read, or a line is neither of these forms
     */
    public Preferences readPreferences(Path file) {
        List<Preference> all = new ArrayList<>();
        Map<String, Integer> skipped = new LinkedHashMap<>();
        lines(file, (line, place) -> {
            JsonNode json = json(line, place);
            if (!json.path("chosen").isTextual() || !json.path("rejected").isTextual()) {
                throw wrong(place, "lacks \"chosen\" or \"rejected\"", null);
            }
            List<Example> chosen = answered(json, "chosen", place);
            List<Example> rejected = answered(json, "rejected", place);
            if (usable(chosen, skipped) && usable(rejected, skipped)) {
                all.add(new Preference(chosen.getFirst(), rejected.getFirst()));
            }
        });
        return new Preferences(all, skipped);
    }

    private List<Example> answered(JsonNode json, String which, String place) {
        String answer = json.get(which).asText();
        try {
            return json.has("messages")
                    ? chats.answered(json.get("messages"), answer)
                    : texts.completion(json.path("prompt").asText(), answer);
        } catch (IllegalArgumentException e) {
            throw wrong(place, String.valueOf(e.getMessage()), e);
        }
    }

    private static void lines(Path file, BiConsumer<String, String> reader) {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    reader.accept(line, file + ", line " + number);
                }
            }
        } catch (IOException e) {
            throw new TrainingException(TrainingError.DATA, file + " cannot be read: " + e + ".", e);
        }
    }

    /** Counts what is of no use. */
    private boolean usable(List<Example> found, Map<String, Integer> skipped) {
        if (found.isEmpty()) {
            skipped.merge("with nothing to learn", 1, Integer::sum);
            return false;
        }
        if (!texts.fits(found.getFirst())) {
            skipped.merge("longer than " + texts.length() + " tokens", 1, Integer::sum);
            return false;
        }
        return true;
    }

    private static JsonNode json(String line, String place) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw wrong(place, "is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private List<Example> examples(String line, String place) {
        JsonNode json = json(line, place);
        try {
            if (json.has("messages")) {
                return chats.of(json.get("messages"));
            }
            if (json.path("output").isTextual()) {
                String question = json.path("instruction").asText() + "\n\n"
                        + json.path("input").asText();
                return chats.of(question.strip(), json.get("output").asText());
            }
            if (json.path("completion").isTextual()) {
                return texts.completion(
                        json.path("prompt").asText(), json.get("completion").asText());
            }
            if (json.path("text").isTextual()) {
                return texts.pieces(json.get("text").asText());
            }
            throw wrong(place, "has none of \"messages\", \"output\", \"completion\" and \"text\"", null);
        } catch (IllegalArgumentException e) {
            throw wrong(place, String.valueOf(e.getMessage()), e);
        }
    }

    private static TrainingException wrong(String place, String why, @Nullable Exception cause) {
        return new TrainingException(TrainingError.DATA, place + " " + why + ".", cause);
    }
}
