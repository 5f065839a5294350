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
import java.util.Set;

/** Downloads from a model hub over HTTP, going on where an earlier download ended. */
final class HubSource {
    private static final int BUFFER = 1 << 18;
    private static final int REDIRECTS = 5;
    private static final int ATTEMPTS = 20;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int BAD_RANGE = 416;
    private static final Set<Integer> REDIRECT = Set.of(301, 302, 303, 307, 308);

    private final String base;
    private final String token;
    private final Duration patience;

    /**
     * @param token for gated models, empty for none
     * @param patience with a server that sends nothing
     */
    HubSource(String base, String token, Duration patience) {
        this.base = base;
        this.token = token;
        this.patience = patience;
    }

    static HubSource standard() {
        return new HubSource(
                System.getProperty(
                        "quipu.models.hub", System.getenv().getOrDefault("QUIPU_MODELS_HUB", "https://huggingface.co")),
                System.getenv().getOrDefault("QUIPU_MODELS_TOKEN", ""),
                Duration.ofSeconds(30));
    }

    /** Goes on after a break, several times, as long as every attempt brings something. */
    void fetch(Source.Hub source, ModelEntry entry, Path partial, PullListener listener) throws IOException {
        if (have(partial) >= entry.size()) {
            Files.deleteIfExists(partial);
        }
        String address = base + "/" + source.repository() + "/resolve/main/" + source.file();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            for (int attempt = 1; ; attempt++) {
                long before = have(partial);
                try {
                    attempt(client, URI.create(address), entry, partial, listener);
                    return;
                } catch (IOException e) {
                    if (attempt == ATTEMPTS || have(partial) <= before) {
                        throw e;
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("an address of the hub is not one of HTTP: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the download was interrupted", e);
        }
    }

    private void attempt(HttpClient client, URI uri, ModelEntry entry, Path partial, PullListener listener)
            throws IOException, InterruptedException {
        long have = have(partial);
        HttpResponse<InputStream> response = send(client, uri, have);
        int status = response.statusCode();
        try (InputStream body = response.body()) {
            if (status == BAD_RANGE) {
                Files.deleteIfExists(partial);
                throw new IOException("the hub cannot go on after " + have + " bytes; try again from the start");
            }
            check(status);
            boolean resumed = status == PARTIAL;
            String range = response.headers().firstValue("Content-Range").orElse("");
            if (resumed && !range.startsWith("bytes " + have + "-")) {
                throw new IOException("the hub sends the range '" + range + "' instead of the one from " + have);
            }
            copy(body, partial, resumed ? have : 0, entry, listener);
        }
    }

    /**
     * Follows redirects itself: the token is for the hub, not for the store of files that it points to, and a hub that
     * was asked in private must not lead into the open.
     */
    private HttpResponse<InputStream> send(HttpClient client, URI hub, long have)
            throws IOException, InterruptedException {
        URI uri = hub;
        for (int i = 0; i <= REDIRECTS; i++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(patience);
            if (have > 0) {
                request.header("Range", "bytes=" + have + "-");
            }
            if (!token.isEmpty() && hub.getAuthority().equals(uri.getAuthority())) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (!REDIRECT.contains(response.statusCode())) {
                return response;
            }
            response.body().close();
            String target = response.headers()
                    .firstValue("Location")
                    .orElseThrow(() -> new IOException("the hub redirects to nowhere"));
            uri = uri.resolve(target);
            if (hub.getScheme().equals("https") && !"https".equals(uri.getScheme())) {
                throw new IOException("the hub redirects to a connection that is not encrypted");
            }
        }
        throw new IOException("the hub redirects more than " + REDIRECTS + " times");
    }

    private static void check(int status) {
        String reason = switch (status) {
            case OK, PARTIAL -> "";
            case 401, 403 -> "the hub wants a token: set QUIPU_MODELS_TOKEN";
            case 404 -> "the hub has no such file";
            case 429 -> "the hub asks to wait: try again later";
            default -> "the hub answers with status " + status;
        };
        if (!reason.isEmpty()) {
            throw new EngineException(EngineError.MODEL_FETCH, reason + ".");
        }
    }

    private void copy(InputStream body, Path partial, long from, ModelEntry entry, PullListener listener)
            throws IOException {
        StandardOpenOption mode = from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (StallGuard guard = new StallGuard(body, patience);
                var out = Files.newOutputStream(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            byte[] buffer = new byte[BUFFER];
            long done = from;
            for (int n = guard.read(buffer); n >= 0; n = guard.read(buffer)) {
                done += n;
                if (done > entry.size()) {
                    throw new EngineException(
                            EngineError.MODEL_DAMAGED,
                            "the hub sends more than the " + entry.size() + " bytes of the model.");
                }
                out.write(buffer, 0, n);
                listener.progress("pulling " + entry.name(), done, entry.size());
            }
            if (done < entry.size()) {
                throw new IOException("the connection ended after " + done + " of " + entry.size() + " bytes");
            }
        }
    }

    private static long have(Path partial) throws IOException {
        return Files.exists(partial) ? Files.size(partial) : 0;
    }
}
