package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.segment.TextSegment;
import java.util.List;

/**
 * A request to order documents by their relevance to a query.
 *
 * @param top how many of them are wanted
 * @param shown whether their texts come back
 */
record RerankRequest(String model, String query, List<TextSegment> documents, int top, boolean shown) {
    RerankRequest {
        documents = List.copyOf(documents);
    }

    static RerankRequest read(ObjectNode body, String standardModel) {
        JsonFields fields = new JsonFields(body);
        List<TextSegment> documents = EmbeddingRequest.texts(fields, "documents");
        return new RerankRequest(
                fields.text("model").orElse(standardModel),
                fields.text("query")
                        .filter(query -> !JsonFields.blank(query))
                        .orElseThrow(() -> ServerException.inField("query", "The body needs a 'query'.")),
                documents,
                fields.integer("top_n", 1, 1 << 20).orElse(documents.size()),
                fields.flag("return_documents"));
    }
}
