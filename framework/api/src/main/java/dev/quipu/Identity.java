package dev.quipu;

/**
 * Who asks. The channel authenticates; the model and the text of a message never change an identity.
 */
public sealed interface Identity {
    /** The business whose data may be read. */
    String tenant();

    /** A visitor who has not signed in: sees public data only. */
    record Anonymous(String tenant) implements Identity {
        public Anonymous {
            Identity.require("tenant", tenant);
        }
    }

    /** A signed-in customer: sees public data and their own. */
    record Customer(String tenant, String id) implements Identity {
        public Customer {
            Identity.require("tenant", tenant);
            Identity.require("customer id", id);
        }
    }

    private static void require(String name, String value) {
        if (value.isBlank()) {
            throw new QuipuException(ApiError.BLANK, "The " + name + " is blank. Pass the one the channel knows.");
        }
    }
}
