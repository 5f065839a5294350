package dev.quipu.kg.text;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which passages a search may see. What it may not see is not walked through either, so that nobody's hidden passages
 * connect what is shown.
 *
 * @param tenant whose passages besides everybody's; empty for everybody's alone
 * @param sources only these, unless empty
 * @param at only what holds at this moment
 */
public record PassageFilter(String tenant, Set<String> sources, Optional<Instant> at) {
    /** Everybody's passages, of any time. */
    public static final PassageFilter PUBLIC = new PassageFilter("", Set.of(), Optional.empty());

    public PassageFilter {
        sources = Set.copyOf(sources);
    }

    public PassageFilter withTenant(String owner) {
        return new PassageFilter(owner, sources, at);
    }

    public PassageFilter withSources(Set<String> only) {
        return new PassageFilter(tenant, only, at);
    }

    public PassageFilter at(Instant moment) {
        return new PassageFilter(tenant, sources, Optional.of(moment));
    }

    boolean shows(Passage passage) {
        return (passage.tenant().isEmpty() || passage.tenant().equals(tenant))
                && (sources.isEmpty() || sources.contains(passage.source()))
                && at.map(passage.validity()::holdsAt).orElse(true);
    }
}
