package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the server. */
@ExtendWith(ShopExtension.class)
class AccessTest {
    private final ShopServer shop;

    AccessTest(ShopServer shop) {
        this.shop = shop;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::"})
    void refusesToBindBeyondLoopbackWithoutAToken(String host) {
        assertThatThrownBy(() -> Access.of(host, ApiTokens.NONE, Cors.CLOSED))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("QP-SERVER-003");
        assertThat(Access.of(host, ApiTokens.of("secret"), Cors.CLOSED).tokens().isEmpty())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void bindsToLoopbackWithoutAToken(String host) {
        assertThat(Access.of(host, ApiTokens.NONE, Cors.CLOSED).tokens().isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/models, 401",
        "GET /metrics, 401",
        "GET /api/suite, 401",
        "GET /api/conversations/x, 401",
        "GET /health, 200",
        "GET /, 200",
        "GET /page.js, 200",
    })
    void guardsAllButThePageAndTheHealthByTheToken(String request, int status) throws Exception {
        Web guarded =
                new Web(shop.serve("C1000", new Access(ApiTokens.of("secret"), Cors.CLOSED), HttpLimits.STANDARD));

        Web.Reply reply = guarded.get(request.substring(4));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("www-authenticate")).isEqualTo(status == 401 ? "Bearer" : "");
    }

    @ParameterizedTest
    @CsvSource({"Bearer secret, 200", "Bearer secre, 401", "Bearer secrets, 401", "secret, 401", "Basic secret, 401"})
    void comparesTheWholeToken(String authorization, int status) throws Exception {
        Web guarded =
                new Web(shop.serve("C1000", new Access(ApiTokens.of("secret"), Cors.CLOSED), HttpLimits.STANDARD));

        assertThat(guarded.get("/v1/models", "authorization", authorization).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "127.0.0.1:8080, 200",
        "LOCALHOST:1, 200",
        "[::1]:8080, 200",
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403",
    })
    void servesOnlyRequestsThatNameLoopbackWithoutAToken(String host, int status) throws Exception {
        assertThat(status("host: " + host)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, 200",
        "http://127.0.0.1, 200",
        "https://evil.example, 403",
        "null, 403",
        "http://localhost.evil.example, 403",
    })
    void servesNoPageOfAnotherSite(String origin, int status) throws Exception {
        assertThat(status("host: localhost\r\norigin: " + origin)).isEqualTo(status);
    }

    @Test
    void letsNoOtherSiteReadAReply() throws Exception {
        Web.Reply reply = shop.first().get("/v1/models");

        assertThat(reply.header("access-control-allow-origin")).isEmpty();
    }

    private int status(String headers) throws Exception {
        try (Socket socket =
                shop.first().connect("GET /v1/models HTTP/1.1\r\n" + headers + "\r\nconnection: close\r\n\r\n")) {
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(reply.substring(9, 12));
        }
    }
}
