package dev.quipu.server.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Free questions of a JSONL file, each with the query that a person wrote for it; its rows are the gold. */
public record FreeQuestions(List<FreeQuestion> questions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A question.
     *
     * @param half {@code tune} or {@code test}: whether it was looked at while prompts and examples were chosen
     * @param kind what kind of question it is
     * @param cypher the gold query, with {@code $customer} for who asks
     */
    public record FreeQuestion(
            String id, String half, String kind, String lang, String customer, String question, String cypher) {}

    public FreeQuestions {
        questions = List.copyOf(questions);
    }

    /** @throws EvalException that names the line, if the file is wrong */
    public static FreeQuestions read(Path file, int limit) {
        List<FreeQuestion> questions = new ArrayList<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank() && questions.size() < limit) {
                    questions.add(parse(file + ":" + number, JSON.readTree(line)));
                }
            }
        } catch (IOException e) {
            throw new EvalException(EvalError.IO, file + " cannot be read: " + e.getMessage() + ".", e);
        }
        return new FreeQuestions(questions);
    }

    private static FreeQuestion parse(String where, JsonNode node) {
        for (String key : List.of("id", "half", "kind", "lang", "question", "cypher")) {
            if (!node.hasNonNull(key)) {
                throw new EvalException(EvalError.QUESTIONS, where + " lacks '" + key + "'.");
            }
        }
        return new FreeQuestion(
                node.get("id").asText(),
                node.get("half").asText(),
                node.get("kind").asText(),
                node.get("lang").asText(),
                node.path("customer").asText(""),
                node.get("question").asText(),
                node.get("cypher").asText());
    }
}
