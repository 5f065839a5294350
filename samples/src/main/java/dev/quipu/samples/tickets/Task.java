package dev.quipu.samples.tickets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.llama.grammar.Grammar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the model has to do with a ticket, and when it has done it. */
enum Task {
    /** Names its kind. */
    INTENT(12) {
        @Override
        String system(List<TicketKind> kinds) {
            return "Sort the customer's message. Answer with one word: "
                    + String.join(", ", kinds.stream().map(TicketKind::label).toList()) + ".";
        }

        @Override
        String grammar(List<TicketKind> kinds) {
            return Grammar.choice(kinds.stream().map(TicketKind::label).toList())
                    .gbnf();
        }

        @Override
        String question(Ticket ticket) {
            return ticket.message();
        }

        @Override
        String gold(Ticket ticket) {
            return ticket.kind().label();
        }

        // That word, in whatever case and punctuation.
        @Override
        boolean right(Ticket ticket, String answer) {
            return EDGES.matcher(answer).replaceAll("").equalsIgnoreCase(gold(ticket));
        }
    },
    /** Tells what it names. */
    SLOTS(64) {
        @Override
        String system(List<TicketKind> kinds) {
            return "Tell in JSON what the customer's message names, null for what it does not:"
                    + " {\"order\":…,\"product\":…,\"option\":…}. An option is a size, a colour or the like.";
        }

        @Override
        String grammar(List<TicketKind> kinds) {
            return """
                    root ::= "{\\"order\\":" value ",\\"product\\":" value ",\\"option\\":" value "}"
                    value ::= "null" | "\\"" [^"\\\\\\n]{1,40} "\\""
                    """;
        }

        @Override
        String question(Ticket ticket) {
            return ticket.message();
        }

        @Override
        String gold(Ticket ticket) {
            var json = JSON.createObjectNode();
            SLOT_NAMES.forEach(name -> json.put(name, ticket.named().get(name)));
            return json.toString();
        }

        // JSON with each value as the message has it, whatever the case.
        @Override
        boolean right(Ticket ticket, String answer) {
            JsonNode read = json(answer);
            return read.isObject()
                    && SLOT_NAMES.stream().allMatch(name -> same(ticket.named(), name, read.path(name)))
                    && read.size() <= SLOT_NAMES.size();
        }
    },
    /** Words the answer from the facts. */
    REPLY(64) {
        @Override
        String system(List<TicketKind> kinds) {
            return "Answer the customer in one sentence that tells all the facts and nothing else. Where the facts"
                    + " decide, begin with Yes or No.";
        }

        @Override
        String question(Ticket ticket) {
            return ticket.message() + "\nFacts: " + String.join("; ", ticket.facts());
        }

        @Override
        String gold(Ticket ticket) {
            return ticket.answer();
        }

        // One line that has every value, begins as the desk decided, copies no fact's label and invents no number.
        @Override
        boolean right(Ticket ticket, String answer) {
            String said = answer.strip();
            String lower = said.toLowerCase(Locale.ROOT);
            String known = question(ticket);
            return said.lines().count() == 1
                    && ticket.values().stream().allMatch(v -> lower.contains(v.toLowerCase(Locale.ROOT)))
                    && lower.startsWith(ticket.decision())
                    && ticket.facts().stream().noneMatch(f -> lower.contains(f.substring(0, f.indexOf(':') + 1)))
                    && NUMBER.matcher(said).results().allMatch(n -> known.contains(n.group()));
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SLOT_NAMES = List.of("order", "product", "option");
    private static final Pattern EDGES = Pattern.compile("^\\W+|\\W+$");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final int tokens;

    Task(int tokens) {
        this.tokens = tokens;
    }

    /** Tokens that an answer may have. */
    int tokens() {
        return tokens;
    }

    /** What the model is told before all messages. */
    abstract String system(List<TicketKind> kinds);

    /** What binds an answer to the form that is asked for; empty where any sentence will do. */
    String grammar(List<TicketKind> kinds) {
        return "";
    }

    abstract String question(Ticket ticket);

    /** The answer that is learnt. */
    abstract String gold(Ticket ticket);

    abstract boolean right(Ticket ticket, String answer);

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean same(Map<String, String> named, String name, JsonNode read) {
        String value = named.get(name);
        return value == null
                ? read.isNull() || read.isMissingNode()
                : value.equalsIgnoreCase(read.asText().strip());
    }

    private static JsonNode json(String answer) {
        try {
            return JSON.readTree(answer.strip());
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
