package dev.quipu.llama.catalog;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.catalog.ModelEntry.Source;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Downloads from a model hub over HTTP, going on where an earlier download ended. */
final class HubSource {
    private static final int BUFFER = 1 << 18;

    private final String base;
    private final String token;

    /** @param token for gated models, empty for none */
    HubSource(String base, String token) {
        this.base = base;
        this.token = token;
    }

    static HubSource standard() {
        return new HubSource(
                System.getProperty(
                        "quipu.models.hub", System.getenv().getOrDefault("QUIPU_MODELS_HUB", "https://huggingface.co")),
                System.getenv().getOrDefault("QUIPU_MODELS_TOKEN", ""));
    }

    void fetch(Source.Hub source, ModelEntry entry, Path partial, PullListener listener) throws IOException {
        long have = Files.exists(partial) ? Files.size(partial) : 0;
        if (have >= entry.size()) {
            Files.deleteIfExists(partial);
            have = 0;
        }
        URI uri = URI.create(base + "/" + source.repository() + "/resolve/main/" + source.file());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            check(response.statusCode());
            boolean resumed = response.statusCode() == 206;
            copy(response.body(), partial, resumed ? have : 0, entry, listener);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the download was interrupted", e);
        }
    }

    private static void check(int status) {
        String reason = switch (status) {
            case 200, 206 -> "";
            case 401, 403 -> "the hub wants a token: set QUIPU_MODELS_TOKEN";
            case 404 -> "the hub has no such file";
            case 429 -> "the hub asks to wait: try again later";
            default -> "the hub answers with status " + status;
        };
        if (!reason.isEmpty()) {
            throw new EngineException(EngineError.MODEL_FETCH, reason + ".");
        }
    }

    private static void copy(InputStream body, Path partial, long from, ModelEntry entry, PullListener listener)
            throws IOException {
        StandardOpenOption mode = from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (body;
                var out = Files.newOutputStream(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            byte[] buffer = new byte[BUFFER];
            long done = from;
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                done += n;
                if (done > entry.size()) {
                    throw new IOException("the hub sends more than the " + entry.size() + " bytes of the model");
                }
                out.write(buffer, 0, n);
                listener.progress("pulling " + entry.name(), done, entry.size());
            }
            if (done < entry.size()) {
                throw new IOException("the connection ended after " + done + " of " + entry.size() + " bytes");
            }
        }
    }
}
