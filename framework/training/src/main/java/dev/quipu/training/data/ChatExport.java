package dev.quipu.training.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An array of conversations: each as an export of ChatGPT has it ({@code conversations.json}: {@code mapping} of nodes with
 * {@code message} and {@code parent}, of which the branch to {@code current_node} counts), or an object of any form that a
 * line of JSON may have. One conversation is in memory at a time.
 */
public record ChatExport(Path file) implements RowSource {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public void read(Consumer<Row> rows) {
        String place = file + ", line 1";
        try (InputStream in = InputLines.open(file);
                JsonParser parser = JSON.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw DataException.form(place, "does not begin an array of conversations", null);
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                place = file + ", line " + parser.currentTokenLocation().getLineNr();
                JsonNode one = JSON.readTree(parser);
                rows.accept(row(one, place));
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw DataException.form(place, "is followed by something that is no conversation", null);
            }
        } catch (JsonProcessingException e) {
            throw DataException.form(
                    file + ", line "
                            + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
                    "is no JSON: " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw InputLines.unreadable(file.toString(), e);
        }
    }

    private static Row row(JsonNode json, String place) {
        String id = json.path("conversation_id").asText(json.path("id").asText(""));
        if (json.path("mapping").isObject()) {
            return new Row(new Content.Chat(branch(json, place)), id, place);
        }
        Content content = RowJson.read(json, place)
                .orElseThrow(() ->
                        DataException.form(place, "begins an object with neither \"mapping\" nor \"messages\"", null));
        return new Row(content, id, place);
    }

    /** From the last message up to the first. */
    private static List<Message> branch(JsonNode json, String place) {
        List<Message> messages = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String at = json.path("current_node").asText("");
        while (!at.isEmpty()) {
            if (!seen.add(at)) {
                throw DataException.form(
                        place, "has messages that follow each other in a circle at '" + at + "'", null);
            }
            JsonNode node = json.path("mapping").path(at);
            JsonNode message = node.path("message");
            String text = RowJson.text(message.path("content").path("parts"));
            // Tools' messages and empty roots are parts of an export, but not of what is learnt.
            if (!text.isBlank()) {
                RowJson.role(message.path("author").path("role").asText())
                        .ifPresent(role -> messages.add(new Message(role, text)));
            }
            at = node.path("parent").asText("");
        }
        return messages.reversed();
    }
}
