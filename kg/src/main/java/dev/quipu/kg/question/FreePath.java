package dev.quipu.kg.question;

import dev.quipu.Intent;
import dev.quipu.Mention;
import dev.quipu.Question;
import dev.quipu.QuipuException;
import dev.quipu.Retrieval;
import dev.quipu.Understanding;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.cypher.Exposure;
import dev.quipu.kg.cypher.FreeAnswer;
import dev.quipu.kg.cypher.FreeQueries;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Free questions beside the declared intents: one reading more, which a written query answers. */
final class FreePath {
    private static final String NAME = KnowledgeGraph.QUERY;

    private final FreeQueries queries;
    private final FreeRoute route;
    private final FreeWording wording;

    FreePath(FreeQueries queries, Exposure exposure, Suite suite) {
        this.queries = queries;
        this.route = new FreeRoute(exposure, suite.intents());
        this.wording = new FreeWording(exposure);
    }

    static boolean is(Intent intent) {
        return intent.name().equals(NAME);
    }

    FreeQueries queries() {
        return queries;
    }

    /** The reading in place of the others, where a written query should answer. */
    Optional<Understanding> instead(Question question, Understanding read, Delexicalized plain, ExampleIndex index) {
        return route.takes(question, read, plain, index) ? Optional.of(only(read.mentions())) : Optional.empty();
    }

    /** The reading alone. */
    Understanding only(List<Mention> mentions) {
        return new Understanding(
                List.of(new Intent(NAME, "something else about the data", 1, mentions, List.of())), mentions, true);
    }

    /**
     * @param otherwise what answers when no query that can be run was written, or the model that writes them failed;
     *     not asked when what was written asks for what this identity may not see
     */
    Retrieval retrieve(Intent intent, Question question, ValueFormat format, Supplier<Retrieval> otherwise) {
        try {
            return switch (queries.ask(question.text(), intent.mentions(), question.identity())) {
                case FreeAnswer.Found found -> wording.facts(found, format);
                case FreeAnswer.Refused refused -> refused.forbidden() ? Retrieval.NOTHING : otherwise.get();
            };
        } catch (QuipuException e) {
            Retrieval found = e instanceof GraphException ? Retrieval.NOTHING : otherwise.get();
            if (found.facts().isEmpty()) {
                throw e;
            }
            return found;
        }
    }
}
