package dev.quipu.kg.question;

import dev.quipu.Fact;
import dev.quipu.Intent;
import dev.quipu.Language;
import dev.quipu.Mention;
import dev.quipu.Question;
import dev.quipu.Retrieval;
import dev.quipu.Subgraph;
import dev.quipu.Understanding;
import dev.quipu.kg.GraphUnavailableException;
import dev.quipu.kg.text.FoundPassage;
import dev.quipu.kg.text.PassageFilter;
import dev.quipu.kg.text.TextGraph;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers from documents, where neither an intent nor a written query does: quotes the passages that are about the question,
 * of everybody's documents and those of the asking business that hold now.
 *
 * <p>The corpus is in memory, so it also answers while the store is away.
 */
final class PassagePath {
    /** The type of facts that are quotes. */
    static final String TYPE = "passage";

    private static final int SEARCHED = 5;
    private static final int QUOTED = 2;

    private final TextGraph documents;
    private final InstantSource clock;

    PassagePath(TextGraph documents, InstantSource clock) {
        this.documents = documents;
        this.clock = clock;
    }

    static boolean is(Intent intent) {
        return intent.name().equals(KnowledgeGraph.PASSAGES) || intent.name().equals(KnowledgeGraph.MEMORY);
    }

    static boolean quotes(Retrieval retrieval) {
        return !retrieval.facts().isEmpty()
                && retrieval.facts().getFirst().type().equals(TYPE);
    }

    static Intent reading(String name, List<Mention> mentions) {
        return new Intent(name, "something that documents of the business tell", 1, mentions, List.of());
    }

    /** The reading alone, where documents have something about the question. */
    Optional<Understanding> instead(Question question, Understanding read) {
        Intent reading = reading(KnowledgeGraph.PASSAGES, read.mentions());
        return Interpreter.covers(read) || retrieve(reading, question).facts().isEmpty()
                ? Optional.empty()
                : Optional.of(new Understanding(List.of(reading), read.mentions(), true));
    }

    /**
     * Quotes, each a fact with its document as source; nothing when no passage is about the question.
     *
     * @throws GraphUnavailableException if nobody can tell whether the documents are still those of the store, and the
     *     reading is not content with what is in memory
     */
    Retrieval retrieve(Intent intent, Question question) {
        if (!intent.name().equals(KnowledgeGraph.MEMORY)) {
            documents.refresh();
        }
        PassageFilter visible = new PassageFilter(question.identity().tenant(), Set.of(), Optional.of(clock.instant()));
        Excerpt excerpt = Excerpt.about(question, intent.mentions());
        List<Fact> facts = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (FoundPassage found : documents.retriever().find(question.text(), SEARCHED, visible)) {
            if (facts.size() < QUOTED) {
                excerpt.of("f" + (facts.size() + 1), found).ifPresent(fact -> {
                    facts.add(fact);
                    reasons.add(fact.id() + ": " + found.passage().id() + ", " + found.reason());
                });
            }
        }
        return new Retrieval(facts, Subgraph.EMPTY, String.join("\n", reasons));
    }

    void refresh() {
        documents.refresh();
    }

    /** The quotes with their documents' titles, in the order in which they were found. */
    static String answer(Retrieval retrieval, Language language) {
        return retrieval.facts().stream()
                .map(fact -> quote(fact, String.valueOf(fact.values().getOrDefault("title", "")), language))
                .collect(Collectors.joining(language == Language.CHINESE ? "" : " "));
    }

    private static String quote(Fact fact, String title, Language language) {
        return switch (language) {
            case ENGLISH -> (title.isEmpty() ? "Our documents say: " : "“" + title + "” says: ") + fact.text();
            case CHINESE -> (title.isEmpty() ? "我们的资料中写道：" : "《" + title + "》中写道：") + fact.text();
        };
    }
}
