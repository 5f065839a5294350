package dev.quipu.server.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions of a JSONL file. Gold answers in it are not read: scoring is somebody else's work. */
public record QuestionFile(List<Asked> questions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A question.
     *
     * @param customer who asks, empty for a visitor
     */
    public record Asked(String id, String customer, String question) {}

    public QuestionFile {
        questions = List.copyOf(questions);
    }

    /** @throws EvalException that names the line, if the file is wrong */
    public static QuestionFile read(Path file, int limit) {
        List<Asked> questions = new ArrayList<>();
        int number = 0;
        try {
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank() && questions.size() < limit) {
                    questions.add(parse(JSON.readTree(line)));
                }
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new EvalException(
                    EvalError.QUESTIONS, file + ":" + number + " is no question: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new EvalException(EvalError.IO, file + " cannot be read: " + e.getMessage() + ".", e);
        }
        return new QuestionFile(questions);
    }

    private static Asked parse(JsonNode node) {
        if (!node.hasNonNull("id") || !node.hasNonNull("question")) {
            throw new IllegalArgumentException("it needs 'id' and 'question'");
        }
        return new Asked(
                node.get("id").asText(),
                node.path("customer").asText(""),
                node.get("question").asText());
    }

    public Optional<Asked> first() {
        return questions.stream().findFirst();
    }
}
