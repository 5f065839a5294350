package dev.quipu.llama.ffm.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which tokens the next pass computes.
 *
 * <p>Each sequence that decodes has its token in it. Prompts get the room that is left, but no more than a chunk where
 * others decode: these would stand still for as long as the prompts' part takes. Where several wait for each one that
 * decodes, it is as many chunks: then more is lost by waiting than by standing still. The shortest rest of a prompt comes first,
 * so that short prompts pass long ones and many of them share a pass; the oldest always gets its part.
 */
final class PassPlan {
    /** What a sequence has to compute. */
    record Demand(Task task, int tokens, boolean decodes) {}

    /** What of it is in the pass. */
    record Portion(Task task, int tokens) {}

    private static final int PART_OF_OLDEST = 4;

    private PassPlan() {}

    /** @param demands the oldest first */
    static List<Portion> of(List<Demand> demands, int capacity, int chunk) {
        // Loops, since this stands between passes: a few hundred times a second, too rare to be compiled well.
        List<Portion> plan = new ArrayList<>(demands.size());
        List<Demand> prompts = new ArrayList<>();
        for (Demand demand : demands) {
            if (!demand.decodes()) {
                prompts.add(demand);
            } else if (plan.size() < capacity) {
                plan.add(new Portion(demand.task(), 1));
            }
        }
        int room = capacity - plan.size();
        if (!plan.isEmpty()) {
            room = Math.min(room, chunk * Math.max(1, prompts.size() / plan.size()));
        }
        if (prompts.isEmpty() || room == 0) {
            return plan;
        }
        Demand oldest = prompts.getFirst();
        int reserved = Math.min(oldest.tokens(), Math.max(1, room / PART_OF_OLDEST));
        for (Demand demand :
                prompts.stream().sorted(Comparator.comparingInt(Demand::tokens)).toList()) {
            int most = demand.equals(oldest) ? room : room - reserved;
            int tokens = Math.min(demand.tokens(), most);
            if (demand.equals(oldest)) {
                reserved = 0;
            }
            if (tokens > 0) {
                plan.add(new Portion(demand.task(), tokens));
                room -= tokens;
            }
        }
        return plan;
    }
}
