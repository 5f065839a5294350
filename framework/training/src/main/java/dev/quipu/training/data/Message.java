package dev.quipu.training.data;

/** What one side of a conversation says. */
public record Message(Role role, String content) {
    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT;

        /** The name that files have for it. */
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
