package dev.quipu.server.eval;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.quipu.Identity;
import dev.quipu.runtime.Assistant;
import dev.quipu.server.eval.QuestionFile.Asked;
import java.util.List;

/** A way to answer questions. */
public interface Respondent {
    int OUTPUT_TOKENS = 96;

    /** The reply; blocks until it is whole. */
    Reply answer(Asked question);

    /** The assistant with its graph and rules; each question is a conversation of its own. */
    static Respondent graph(Assistant assistant, String tenant) {
        return asked -> Reply.of(assistant
                .ask("eval-" + asked.id() + "-" + System.nanoTime(), identity(tenant, asked), asked.question())
                .await());
    }

    private static Identity identity(String tenant, Asked asked) {
        return asked.customer().isEmpty()
                ? new Identity.Anonymous(tenant)
                : new Identity.Customer(tenant, asked.customer());
    }

    /** Retrieval of passages, and the model that answers from them. */
    static Respondent text(TextRetriever retriever, ChatModel model, TextPrompt prompt) {
        return asked -> {
            long start = System.nanoTime();
            List<String> passages = retriever.retrieve(asked.question(), asked.customer());
            String text = ask(model, prompt, asked, passages);
            return new Reply(text, (System.nanoTime() - start) / 1e9, passages, "model");
        };
    }

    /** The model alone. */
    static Respondent model(ChatModel model) {
        return asked -> {
            long start = System.nanoTime();
            String text = ask(model, TextPrompt.plain, asked, List.of());
            return new Reply(text, (System.nanoTime() - start) / 1e9, List.of(), "model");
        };
    }

    private static String ask(ChatModel model, TextPrompt prompt, Asked asked, List<String> passages) {
        return model.chat(ChatRequest.builder()
                        .messages(prompt.messages(asked, passages))
                        .temperature(0.0)
                        .maxOutputTokens(OUTPUT_TOKENS)
                        .build())
                .aiMessage()
                .text();
    }
}
