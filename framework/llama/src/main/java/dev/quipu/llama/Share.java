package dev.quipu.llama;

/**
 * On whose account a request is computed.
 *
 * <p>Tenants share the engine by weight: whoever had least of it so far, in tokens divided by its weight, gets the next
 * free sequence. What one tenant asks for never pushes another's aside, so a priority orders the requests of its own
 * tenant only. A tenant that was away does not come back with credit.
 *
 * @param tenant any name; empty for the one that all requests without a name belong to
 * @param weight its part against other tenants' parts
 * @param priority against other requests of the same tenant
 */
public record Share(String tenant, double weight, Priority priority) {
    /** The nameless tenant, with the weight 1. */
    public static final Share DEFAULT = new Share("", 1, Priority.NORMAL);

    private static final int LONGEST_NAME = 256;

    /** What goes before what. */
    public enum Priority {
        /** When nothing else waits. */
        LOW,
        NORMAL,
        /** Before all others of the tenant. */
        HIGH
    }

    public Share {
        if (tenant.length() > LONGEST_NAME) {
            throw new EngineException(
                    EngineError.OPTION,
                    "The tenant's name has " + tenant.length() + " characters, at most " + LONGEST_NAME + " are kept.");
        }
        if (!(weight >= 0.001 && weight <= 1000)) {
            throw new EngineException(
                    EngineError.OPTION, "The weight is " + weight + ", but has to be from 0.001 to 1000.");
        }
    }

    /** A tenant with the weight 1. */
    public static Share of(String tenant) {
        return new Share(tenant, 1, Priority.NORMAL);
    }

    public Share withWeight(double value) {
        return new Share(tenant, value, priority);
    }

    public Share withPriority(Priority value) {
        return new Share(tenant, weight, value);
    }
}
