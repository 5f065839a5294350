package dev.quipu.samples.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.server.ServerError;
import dev.quipu.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers that a model gave, a line each, written as they come. An examination that was cut short goes on with them. For
 * greedy answers only: these are the same each time.
 */
final class AnswerBook {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, String> answers = new HashMap<>();

    private AnswerBook(Path file) {
        this.file = file;
    }

    /** With the answers that are there. */
    static AnswerBook open(Path file) {
        AnswerBook book = new AnswerBook(file);
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode read = JSON.readTree(line);
                    book.answers.put(
                            read.path("prompt").asText(), read.path("answer").asText());
                }
            }
            return book;
        } catch (IOException e) {
            throw new ServerException(
                    ServerError.IO, file + " cannot be read: " + e.getMessage() + ". Delete it to ask again.", e);
        }
    }

    Optional<String> find(String prompt) {
        return Optional.ofNullable(answers.get(prompt));
    }

    void put(String prompt, String answer) {
        answers.put(prompt, answer);
        String line = JSON.createObjectNode().put("prompt", prompt).put("answer", answer) + "\n";
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
