package dev.quipu.kg.text;

import dev.quipu.kg.text.Candidate.Link;
import dev.quipu.kg.text.Candidate.LinkKind;
import dev.quipu.kg.text.FoundPassage.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells how a search came to a passage. */
final class Paths {
    /** Candidates that words and vectors alone rank this high need no other to explain them. */
    private static final int PLAIN = 5;

    private static final int LONGEST = 3;

    private final Asked asked;

    Paths(Asked asked) {
        this.asked = asked;
    }

    FoundPassage found(Candidate candidate) {
        List<Step> steps = new ArrayList<>();
        Candidate at = candidate;
        while (steps.size() < LONGEST) {
            LinkKind kind = strongest(at);
            Link link = at.link(kind);
            if (at.firstRank < PLAIN || link == null || link.from().firstRank >= at.firstRank) {
                break;
            }
            steps.addFirst(new Step(id(at), why(at, kind, link)));
            at = link.from();
        }
        steps.addFirst(new Step(id(at), plain(at)));
        return new FoundPassage(asked.snapshot().passage(candidate.passage), candidate.score, steps);
    }

    private String id(Candidate candidate) {
        return asked.snapshot().passage(candidate.passage).id();
    }

    private static LinkKind strongest(Candidate candidate) {
        LinkKind best = LinkKind.TITLE;
        float most = 0;
        for (LinkKind kind : LinkKind.values()) {
            @Nullable Link link = candidate.link(kind);
            if (link != null && link.strength() > most) {
                best = kind;
                most = link.strength();
            }
        }
        return best;
    }

    private String why(Candidate candidate, LinkKind kind, Link link) {
        String entity = asked.snapshot().mentions().key(link.entity());
        String from = name(link.from());
        return switch (kind) {
            case TITLE -> from + " mentions " + entity;
            case BACK -> name(candidate) + " mentions " + entity;
            case SHARED -> from + " and " + name(candidate) + " both mention " + entity;
        };
    }

    private String name(Candidate candidate) {
        Passage passage = asked.snapshot().passage(candidate.passage);
        return passage.title().isBlank() ? passage.id() : passage.title();
    }

    private String plain(Candidate candidate) {
        String named = candidate.get(Feature.TITLE_NAMED) > 0 ? "the question names it" : "";
        float share = candidate.get(Feature.COVERAGE);
        String words = share > 0 ? "it holds " + Math.round(share * 100) + " % of what the question's words say" : "";
        String both = named.isEmpty() || words.isEmpty() ? named + words : named + ", " + words;
        return both.isEmpty() ? "its meaning is near the question's" : both;
    }
}
