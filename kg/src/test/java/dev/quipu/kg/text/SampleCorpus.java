package dev.quipu.kg.text;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.quipu.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A corpus in memory, searched as one in a graph is. */
final class SampleCorpus {
    /** Vectors of hashed letter triples: near for texts that share words, and made without a model. */
    static final PassageEmbedder TRIPLES = PassageEmbedder.of("triples", new Triples());

    private static final class Triples implements EmbeddingModel {
        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
            return Response.from(texts.stream().map(t -> embedding(t.text())).toList());
        }

        private static Embedding embedding(String text) {
            float[] vector = new float[128];
            String folded = String.join(" ", Terms.words(text));
            for (int i = 0; i + 3 <= folded.length(); i++) {
                vector[Math.floorMod(folded.substring(i, i + 3).hashCode(), vector.length)]++;
            }
            return Embedding.from(vector);
        }
    }

    private final List<Document> documents = new ArrayList<>();

    SampleCorpus with(Document document) {
        documents.add(document);
        return this;
    }

    SampleCorpus with(String source, String title, String text) {
        return with(Document.of(source, title, text));
    }

    /** Passages that have nothing to do with anything, so that what is rare is rare. */
    SampleCorpus amongOthers(int count) {
        String[] things = {"lamps", "bridges", "pianos", "rivers", "engines", "markets", "gardens", "ships"};
        for (int i = 0; i < count; i++) {
            with(
                    "other" + i,
                    "Item " + i,
                    "A report about " + things[i % things.length] + " number " + i + " was written for the archive.");
        }
        return this;
    }

    Snapshot snapshot(boolean vectors) {
        List<Snapshot.Indexed> passages = documents.stream()
                .flatMap(d -> PassageSplitter.split(d).stream())
                .map(p -> new Snapshot.Indexed(p, Analysis.of(p, NameFinder.standard()), Optional.empty()))
                .toList();
        Snapshot snapshot = Snapshot.of(passages);
        if (!vectors) {
            return snapshot;
        }
        Map<String, PassageVector> made = new HashMap<>();
        for (Snapshot.Indexed one : passages) {
            made.put(
                    one.passage().id(), TRIPLES.passages(List.of(one.passage())).getFirst());
        }
        return snapshot.with(made);
    }

    PassageRetriever words() {
        Snapshot snapshot = snapshot(false);
        return new PassageRetriever(() -> snapshot, NameFinder.standard(), Map.of(), Ranking.standard());
    }

    PassageRetriever vectors() {
        Snapshot snapshot = snapshot(true);
        Map<Language, PassageEmbedder> embedders = Map.of(Language.ENGLISH, TRIPLES, Language.CHINESE, TRIPLES);
        return new PassageRetriever(() -> snapshot, NameFinder.standard(), embedders, Ranking.standard());
    }
}
