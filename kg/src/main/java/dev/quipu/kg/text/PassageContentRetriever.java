package dev.quipu.kg.text;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A corpus as a retriever of LangChain4j. Each content's metadata says where it comes from ({@code source}, {@code id},
 * {@code title}) and why it was found ({@code reason}).
 */
public final class PassageContentRetriever implements ContentRetriever {
    private final PassageRetriever retriever;
    private final int most;
    private final Function<Query, PassageFilter> filter;

    /**
     * @param most how many contents at most
     * @param filter what a query may see, such as the passages of the tenant that its metadata name
     */
    public PassageContentRetriever(PassageRetriever retriever, int most, Function<Query, PassageFilter> filter) {
        this.retriever = retriever;
        this.most = most;
        this.filter = filter;
    }

    @Override
    public List<Content> retrieve(Query query) {
        return retriever.find(query.text(), most, filter.apply(query)).stream()
                .map(PassageContentRetriever::content)
                .toList();
    }

    private static Content content(FoundPassage found) {
        Passage passage = found.passage();
        Metadata metadata = Metadata.from(Map.of(
                "id", passage.id(),
                "source", passage.source(),
                "title", passage.title(),
                "reason", found.reason()));
        return Content.from(TextSegment.from(passage.text(), metadata), Map.of(ContentMetadata.SCORE, found.score()));
    }
}
