package dev.quipu.samples.tickets;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;

/**
 * A task on a ticket.
 *
 * @param system what the model is told before the ticket
 * @param grammar of the form that the answer has; empty for any
 */
record Exercise(Task task, String system, String grammar, Ticket ticket) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String question() {
        return task.question(ticket);
    }

    String gold() {
        return task.gold(ticket);
    }

    boolean right(String answer) {
        return task.right(ticket, answer);
    }

    /** The conversation up to the model's answer. */
    List<ChatMessage> prompt() {
        return List.of(SystemMessage.from(system), UserMessage.from(question()));
    }

    /** The conversation with its answer, as the trainer reads it. */
    String json() {
        ObjectNode line = JSON.createObjectNode().put("task", task.key());
        ArrayNode messages = line.putArray("messages");
        messages.addObject().put("role", "system").put("content", system);
        messages.addObject().put("role", "user").put("content", question());
        messages.addObject().put("role", "assistant").put("content", gold());
        return line.toString();
    }
}
