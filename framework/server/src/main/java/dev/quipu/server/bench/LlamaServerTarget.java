package dev.quipu.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;

/** llama-server's own completion endpoint, streamed. It gets the prompt's text as the engine does. */
final class LlamaServerTarget implements Target {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data: ";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI endpoint;

    LlamaServerTarget(URI server) {
        endpoint = server.resolve("/completion");
    }

    @Override
    public Outcome ask(Ask ask) {
        ObjectNode body = JSON.createObjectNode()
                .put("prompt", ask.prompt())
                .put("n_predict", ask.maxTokens())
                .put("temperature", 0)
                .put("top_k", 1)
                .put("cache_prompt", true)
                .put("stream", true);
        // The shortest chain that is greedy: the peer is not to pay for samplers that change nothing.
        body.putArray("samplers").add("top_k");
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        long start = System.nanoTime();
        try {
            HttpResponse<Stream<String>> response = client.send(request, HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                return response.statusCode() == 200
                        ? read(lines.iterator(), start)
                        : Outcome.failed("HTTP " + response.statusCode());
            }
        } catch (IOException e) {
            return Outcome.failed(e.toString());
        } catch (InterruptedException e) {
            throw BenchException.interrupted(e);
        }
    }

    private static Outcome read(Iterator<String> lines, long start) throws IOException {
        long first = 0;
        while (lines.hasNext()) {
            String line = lines.next();
            if (!line.startsWith(DATA)) {
                continue;
            }
            JsonNode event = JSON.readTree(line.substring(DATA.length()));
            if (first == 0) {
                first = System.nanoTime();
            }
            if (event.path("stop").asBoolean()) {
                return new Outcome(
                        (first - start) / 1e9,
                        (System.nanoTime() - start) / 1e9,
                        event.path("tokens_evaluated").asInt(),
                        event.path("tokens_predicted").asInt(),
                        "");
            }
        }
        return Outcome.failed("the stream ended without an end");
    }
}
