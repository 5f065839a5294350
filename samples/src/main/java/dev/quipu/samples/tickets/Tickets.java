package dev.quipu.samples.tickets;

import dev.quipu.llama.catalog.AdapterStore;

/** Where the command line finds this sample. */
public final class Tickets {
    private Tickets() {}

    /** The command {@code tickets}. */
    public static Object command() {
        return new TicketsCommand(AdapterStore.standard());
    }
}
