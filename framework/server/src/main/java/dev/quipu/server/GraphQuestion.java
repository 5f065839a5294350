package dev.quipu.server;

import dev.quipu.Focus;
import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Question;
import dev.quipu.Retrieval;
import dev.quipu.Understanding;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.question.KnowledgeGraph;
import dev.quipu.kg.question.SuiteSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A question to a suite's graph, without a model.
 *
 * @param customer who asks; a visitor if empty
 */
record GraphQuestion(Path suite, Optional<String> customer) {
    void check(String question) {
        if (!Files.isRegularFile(suite.resolve("suite.yaml"))) {
            throw new ServerException(
                    ServerError.SUITE_MISSING, suite + " has no suite.yaml. Name a suite's folder with --suite.");
        }
        if (question.isBlank()) {
            throw new ServerException(ServerError.USAGE, "The question is empty. Pass it in quotes.");
        }
    }

    GraphAskCommand.Found find(GraphStore store, String question) {
        check(question);
        String tenant = SuiteSettings.read(suite).tenant();
        Identity identity = customer.<Identity>map(c -> new Identity.Customer(tenant, c))
                .orElseGet(() -> new Identity.Anonymous(tenant));
        try (KnowledgeGraph knowledge = KnowledgeGraph.open(
                store, suite, Assembly.embedders(), Home.cache().resolve("vectors"))) {
            return find(knowledge, Question.of("graph-ask", identity, question));
        }
    }

    private static GraphAskCommand.Found find(KnowledgeGraph knowledge, Question asked) {
        // The first question of a process pays for class loading and cold queries.
        knowledge.understand(asked, Focus.NONE);
        long start = System.nanoTime();
        Understanding understanding = knowledge.understand(asked, Focus.NONE);
        long understood = System.nanoTime();
        Optional<Intent> intent = understanding.readings().stream().findFirst();
        Retrieval retrieval = intent.filter(Intent::complete)
                .map(i -> knowledge.retrieve(i, asked))
                .orElse(Retrieval.NOTHING);
        long retrieved = System.nanoTime();
        return new GraphAskCommand.Found(
                understanding, intent, retrieval, (understood - start) / 1e6, (retrieved - understood) / 1e6);
    }
}
