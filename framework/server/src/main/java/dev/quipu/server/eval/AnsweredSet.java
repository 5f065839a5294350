package dev.quipu.server.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Answers with what was wanted. A line of a file is {@code {"id", "answer", "reference"}}; in place of the reference there
 * may be several ({@code "references"}), or they are in a file of their own with the same ids.
 *
 * @param ids in their order
 * @param said the answers
 * @param references of each answer, any of which is right
 */
public record AnsweredSet(List<String> ids, List<String> said, List<List<String>> references) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ANSWER = List.of("answer", "output", "completion", "prediction", "said");
    private static final List<String> WANTED = List.of("references", "reference", "gold", "label", "expected");

    public AnsweredSet {
        ids = List.copyOf(ids);
        said = List.copyOf(said);
        references = List.copyOf(references);
    }

    /** @throws EvalException that names the line, if one has no answer or no reference, or an id is there twice */
    public static AnsweredSet read(Path answers) {
        return of(answers, lines(answers), lines(answers));
    }

    /** @throws EvalException that names the line, if one has no answer or no reference, or an id is there twice */
    public static AnsweredSet read(Path answers, Path references) {
        return of(answers, lines(answers), lines(references));
    }

    private static AnsweredSet of(Path file, Map<String, JsonNode> answers, Map<String, JsonNode> wanted) {
        List<String> said = new ArrayList<>();
        List<List<String>> references = new ArrayList<>();
        answers.forEach((id, line) -> {
            List<String> right = texts(wanted.getOrDefault(id, line), WANTED);
            List<String> answer = texts(line, ANSWER);
            if (right.isEmpty() || answer.isEmpty()) {
                throw new EvalException(
                        EvalError.GOLD,
                        file + ": '" + id + "' has no " + (right.isEmpty() ? "reference" : "answer")
                                + "; it may be called one of "
                                + (right.isEmpty() ? WANTED : ANSWER) + ".");
            }
            said.add(answer.getFirst());
            references.add(right);
        });
        return new AnsweredSet(List.copyOf(answers.keySet()), said, references);
    }

    /**
     * The same answers in the order of another run.
     *
     * @throws EvalException if the two are not of the same set
     */
    public AnsweredSet inOrderOf(AnsweredSet other) {
        List<String> answers = new ArrayList<>();
        List<List<String>> wanted = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            places.put(ids.get(i), i);
        }
        for (String id : other.ids) {
            int at = places.getOrDefault(id, -1);
            if (at < 0 || ids.size() != other.ids.size()) {
                throw new EvalException(
                        EvalError.GOLD,
                        "The two runs are not of the same set: " + ids.size() + " and " + other.ids.size() + " answers"
                                + (at < 0 ? ", and '" + id + "' is in one alone." : "."));
            }
            answers.add(said.get(at));
            wanted.add(references.get(at));
        }
        return new AnsweredSet(other.ids, answers, wanted);
    }

    private static List<String> texts(JsonNode line, List<String> names) {
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            JsonNode found = line.path(name);
            if (found.isArray() && !found.isEmpty()) {
                found.forEach(text -> texts.add(text.asText()));
                return texts;
            }
            if (found.isValueNode() && !found.isNull()) {
                return List.of(found.asText());
            }
        }
        return texts;
    }

    private static Map<String, JsonNode> lines(Path file) {
        Map<String, JsonNode> lines = new LinkedHashMap<>();
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                JsonNode json = JSON.readTree(line);
                String id = json.path("id").asText(String.valueOf(number));
                if (lines.putIfAbsent(id, Objects.requireNonNull(json)) != null) {
                    throw new EvalException(
                            EvalError.QUESTIONS, file + ":" + number + " has the id '" + id + "' once more.");
                }
            }
        } catch (JsonProcessingException e) {
            throw new EvalException(
                    EvalError.QUESTIONS, file + ":" + number + " is no JSON: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw new EvalException(EvalError.IO, file + " cannot be read: " + e.getMessage() + ".", e);
        }
        if (lines.isEmpty()) {
            throw new EvalException(EvalError.QUESTIONS, file + " has no line.");
        }
        return lines;
    }
}
