package dev.quipu.rules;

/**
 * The fact about something that the question mentions.
 *
 * @param kind the slot's name, for example {@code order}; {@code foreign} for what is not the asking customer's
 */
public record Slot(String kind, String id, String name) {
    public String getKind() {
        return kind;
    }

    public String getId() {
        return id;
    }

    public String getName() {
        return name;
    }
}
