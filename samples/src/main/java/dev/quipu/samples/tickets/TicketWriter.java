package dev.quipu.samples.tickets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a split's tickets. The same seed writes the same ones. */
final class TicketWriter {
    private static final Pattern PLACE = Pattern.compile("\\{([^}]+)}");
    private static final List<String> MONTHS =
            List.of("January", "February", "March", "April", "May", "June", "July", "August", "September", "October");

    private final Desk desk;
    private final Split split;
    private final Catalogue catalogue;
    private final SplittableRandom random;

    TicketWriter(Desk desk, Catalogue all, Split split, long seed) {
        this.desk = desk;
        this.split = split;
        this.catalogue = all.of(split);
        this.random = new SplittableRandom(seed ^ split.key().hashCode());
    }

    /** So many tickets, of all kinds in turn, with each kind's wordings in turn. */
    List<Ticket> write(int count) {
        List<Ticket> tickets = new ArrayList<>();
        int first = random.nextInt(1 << 16);
        for (int i = 0; i < count; i++) {
            TicketKind kind = desk.kinds().get(i % desk.kinds().size());
            List<String> wordings = kind.wordings().get(split);
            tickets.add(write(kind, wordings.get((first + i / desk.kinds().size()) % wordings.size())));
        }
        return tickets;
    }

    private Ticket write(TicketKind kind, String wording) {
        Map<String, String> values = values();
        Map<String, String> named = new LinkedHashMap<>();
        for (String place : List.of("order", "product", "option")) {
            if (wording.contains("{" + place + "}")) {
                named.put(place, values.get(place));
            }
        }
        String message = capitalised(fill(fill(pick(desk.around().get(split)), Map.of("message", wording)), values));
        String decision = kind.decides() ? pick(List.of("yes", "no")) : TicketKind.PLAIN;
        decide(decision, values);
        List<String> told = new ArrayList<>();
        String pattern = kind.answer(decision);
        PLACE.matcher(pattern).results().forEach(place -> told.add(values.get(place.group(1))));
        return new Ticket(
                kind,
                wording,
                message,
                named,
                kind.facts().stream().map(fact -> fill(fact, values)).toList(),
                told,
                decision,
                fill(pattern, values));
    }

    /** Facts that go with what the desk decides. */
    private void decide(String decision, Map<String, String> values) {
        boolean yes = decision.equals("yes") || (decision.isEmpty() && random.nextBoolean());
        values.put("decision", decision);
        values.put("status", values.get(yes ? "open" : "gone"));
        values.put("days", String.valueOf(yes ? 2 + random.nextInt(29) : 31 + random.nextInt(60)));
        values.put("pieces", yes ? String.valueOf(2 + random.nextInt(80)) : "0");
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        desk.names().get(split).forEach((name, all) -> values.put(name, pick(all)));
        Catalogue.Product product = pick(catalogue.products());
        // Half of the customers do not write capitals.
        values.put(
                "product",
                random.nextBoolean() ? product.name() : product.name().toLowerCase(Locale.ROOT));
        values.put("option", pick(product.options()));
        values.put("order", pick(catalogue.orders()));
        values.put("date", pick(MONTHS) + " " + (1 + random.nextInt(28)));
        values.put("tracking", String.valueOf(random.nextLong(100_000_000, 999_999_999)));
        values.put("amount", String.format(Locale.ROOT, "%.2f", random.nextInt(900, 60_000) / 100.0));
        values.put("hour", String.valueOf(9 + random.nextInt(9)));
        return values;
    }

    private static String fill(String pattern, Map<String, String> values) {
        return PLACE.matcher(pattern)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
    }

    private static String capitalised(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
