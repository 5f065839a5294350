package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.output.TokenUsage;
import dev.quipu.llama.FinishReason;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import dev.quipu.llama.TokenLikelihood;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** OpenAI's older completions: texts that the loaded model goes on with. Choices are worked on one after the other. */
final class Completions {
    private final Order order;
    private final ModelMeter meter;
    private final Clock clock = Clock.systemUTC();

    Completions(Order order, ModelMeter meter) {
        this.order = order;
        this.meter = meter;
    }

    void complete(RoutingContext context, CompletionRequest request) {
        EventStream events = new EventStream(context);
        Thread.ofVirtual().name("quipu-completion").start(() -> {
            try {
                new Answer(events, request).run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                events.fail(e);
            } catch (RuntimeException e) {
                meter.failed();
                events.fail(e);
            }
        });
    }

    private final class Answer {
        private final EventStream events;
        private final CompletionRequest request;
        private final String id = "cmpl-" + UUID.randomUUID();
        private final List<ObjectNode> choices = new ArrayList<>();
        private int promptTokens;
        private int outputTokens;

        Answer(EventStream events, CompletionRequest request) {
            this.events = events;
            this.request = request;
        }

        void run() throws InterruptedException {
            List<GenerationRequest> generations = request.generations();
            int repeats = generations.size() / request.prompts();
            for (int i = 0; i < generations.size() && !events.closed(); i++) {
                GenerationResult result = generate(i, generations.get(i));
                promptTokens += i % repeats == 0 ? result.promptTokens() : 0;
                outputTokens += result.outputTokens();
            }
            JsonNode usage = OpenAiReply.usage(new TokenUsage(promptTokens, outputTokens));
            if (!request.stream()) {
                ObjectNode whole = head();
                whole.putArray("choices").addAll(choices);
                events.respond(whole.set("usage", usage).toString());
                return;
            }
            if (request.usage()) {
                ObjectNode last = head();
                last.putArray("choices");
                events.send("", last.set("usage", usage).toString());
            }
            events.end("", OpenAiReply.DONE);
        }

        private GenerationResult generate(int index, GenerationRequest asked) throws InterruptedException {
            boolean reported = asked.sampling().reported() >= 0;
            List<TokenLikelihood> likelihoods = new ArrayList<>();
            try (Generation generation = order.engine().generate(order.of(filling(asked)))) {
                events.whenClosed(generation::cancel);
                if (request.stream() && request.echo()) {
                    send(index, asked.prompt(), Optional.empty());
                }
                for (Optional<String> piece = generation.next(); piece.isPresent(); piece = generation.next()) {
                    List<TokenLikelihood> some = generation.likelihoods();
                    likelihoods.addAll(some);
                    if (request.stream()
                            ? !send(index, piece.get(), reported ? Optional.of(some) : Optional.empty())
                            : events.closed()) {
                        generation.cancel();
                    }
                }
                GenerationResult result = generation.await();
                likelihoods.addAll(generation.likelihoods());
                end(index, asked, result, reported ? Optional.of(likelihoods) : Optional.empty());
                return result;
            }
        }

        private GenerationRequest filling(GenerationRequest asked) {
            return request.suffix().isEmpty()
                    ? asked
                    : asked.withPrompt(order.engine().infillPrompt(asked.prompt(), request.suffix()));
        }

        private boolean send(int index, String text, Optional<List<TokenLikelihood>> likelihoods)
                throws InterruptedException {
            ObjectNode chunk = head();
            chunk.putArray("choices").add(choice(index, text, likelihoods).putNull("finish_reason"));
            return events.sendWhenRead("", chunk.toString());
        }

        private void end(
                int index, GenerationRequest asked, GenerationResult result, Optional<List<TokenLikelihood>> all) {
            String finish = result.finish() == FinishReason.LENGTH ? "length" : "stop";
            if (request.stream()) {
                ObjectNode chunk = head();
                chunk.putArray("choices")
                        .add(choice(index, "", Optional.empty()).put("finish_reason", finish));
                events.send("", chunk.toString());
            } else {
                String text = request.echo() ? asked.prompt() + result.text() : result.text();
                choices.add(choice(index, text, all).put("finish_reason", finish));
            }
        }

        private static ObjectNode choice(int index, String text, Optional<List<TokenLikelihood>> likelihoods) {
            ObjectNode choice = Json.create().put("index", index).put("text", text);
            choice.set("logprobs", likelihoods.map(OpenAiLogprobs::ofCompletion).orElse(null));
            return choice;
        }

        private ObjectNode head() {
            return Json.create()
                    .put("id", id)
                    .put("object", "text_completion")
                    .put("created", clock.instant().getEpochSecond())
                    .put("model", order.model());
        }
    }
}
