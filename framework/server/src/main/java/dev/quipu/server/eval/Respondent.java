package dev.quipu.server.eval;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.quipu.Identity;
import dev.quipu.Language;
import dev.quipu.runtime.Assistant;
import dev.quipu.server.eval.QuestionFile.Asked;
import java.util.List;

/** A way to answer questions. */
public interface Respondent {
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
    static Respondent text(TextRetriever retriever, ChatModel model) {
        return asked -> {
            long start = System.nanoTime();
            List<String> passages = retriever.retrieve(asked.question(), asked.customer());
            String text = ask(model, asked, passages);
            return new Reply(text, (System.nanoTime() - start) / 1e9, passages, "model");
        };
    }

    /** The model alone. */
    static Respondent model(ChatModel model) {
        return asked -> {
            long start = System.nanoTime();
            String text = ask(model, asked, List.of());
            return new Reply(text, (System.nanoTime() - start) / 1e9, List.of(), "model");
        };
    }

    private static String ask(ChatModel model, Asked asked, List<String> passages) {
        boolean chinese = Language.detect(asked.question()) == Language.CHINESE;
        String rules = chinese
                ? "你是网店客服，正在和客户 %s 对话。只根据资料简短回答；资料里没有的，就说不知道。不要透露其他客户的信息。"
                : "You are the assistant of an online shop and talk to customer %s. Answer briefly and only from the"
                        + " records. If they do not hold the answer, say that you don't know. Never share other customers'"
                        + " data.";
        StringBuilder prompt = new StringBuilder();
        if (!passages.isEmpty()) {
            prompt.append(chinese ? "资料：\n" : "Records:\n");
            passages.forEach(p -> prompt.append("- ").append(p).append('\n'));
        }
        prompt.append(chinese ? "问题：" : "Question: ").append(asked.question());
        return model.chat(ChatRequest.builder()
                        .messages(
                                SystemMessage.from(String.format(rules, asked.customer())),
                                UserMessage.from(prompt.toString()))
                        .temperature(0.0)
                        .maxOutputTokens(96)
                        .build())
                .aiMessage()
                .text();
    }
}
