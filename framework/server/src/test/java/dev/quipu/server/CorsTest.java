package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other sites may do: nothing, unless their origin is named. */
@ExtendWith(ShopExtension.class)
class CorsTest {
    private static final String APP = "https://app.example";
    private static final String ALLOWED = "access-control-allow-origin: " + APP;

    private final ShopServer shop;

    CorsTest(ShopServer shop) {
        this.shop = shop;
    }

    @Test
    void answersTheBrowserOfAnAllowedPageBeforeItSendsItsToken() throws Exception {
        String reply = send(
                guarded(),
                "OPTIONS /v1/chat/completions",
                "origin: " + APP,
                "access-control-request-method: POST",
                "access-control-request-headers: authorization,content-type,x-stainless-lang");

        assertThat(reply)
                .startsWith("http/1.1 204")
                .contains(
                        ALLOWED,
                        "access-control-allow-methods: get, post",
                        "access-control-allow-headers: authorization,content-type,x-stainless-lang",
                        "vary: origin")
                .doesNotContain("allow-credentials");
    }

    @Test
    void letsAnAllowedPageReadAnswersAndErrors() throws Exception {
        String answer = send(guarded(), "GET /v1/models", "origin: " + APP, "authorization: Bearer secret");
        String error = send(guarded(), "GET /v1/models", "origin: " + APP);

        assertThat(answer).startsWith("http/1.1 200").contains(ALLOWED, "access-control-expose-headers");
        assertThat(error).startsWith("http/1.1 401").contains(ALLOWED);
    }

    @Test
    void letsAnAllowedPageCallAServerOnLoopbackWithoutATokenAndNoOther() throws Exception {
        Web open = new Web(shop.serve("C1000", new Access(ApiTokens.NONE, Cors.of(List.of(APP))), HttpLimits.STANDARD));

        assertThat(send(open, "GET /v1/models", "origin: " + APP)).startsWith("http/1.1 200");
        assertThat(send(open, "GET /v1/models", "origin: https://evil.example")).startsWith("http/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "https://app.example.evil.example", "http://app.example", "null", "*"})
    void tellsOtherPagesNothing(String origin) throws Exception {
        String asked = send(
                guarded(), "OPTIONS /v1/chat/completions", "origin: " + origin, "access-control-request-method: POST");
        String read = send(guarded(), "GET /v1/models", "origin: " + origin, "authorization: Bearer secret");

        assertThat(asked).startsWith("http/1.1 4").doesNotContain("access-control-");
        assertThat(read).doesNotContain("access-control-");
    }

    @Test
    void isClosedUnlessAnOriginIsNamed() throws Exception {
        String reply = send(
                shop.first(),
                "OPTIONS /v1/chat/completions",
                "origin: http://localhost:3000",
                "access-control-request-method: POST");

        assertThat(reply).startsWith("http/1.1 4").doesNotContain("access-control-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "app.example", "https://app.example/", "https://*.example", "null", ""})
    void refusesWhatIsNoOrigin(String origin) {
        assertThatThrownBy(() -> Cors.of(List.of(origin))).hasMessageStartingWith("QP-SERVER-001");
    }

    private Web guarded() {
        Access access = new Access(ApiTokens.of("secret"), Cors.of(List.of("https://App.example")));
        return new Web(shop.serve("C1000", access, HttpLimits.STANDARD));
    }

    /** A reply in lower case; the JDK's client does not send an origin of a caller's choice. */
    private static String send(Web web, String request, String... headers) throws Exception {
        try (Socket socket = web.connect(request + " HTTP/1.1\r\nhost: localhost\r\n" + String.join("\r\n", headers)
                + "\r\nconnection: close\r\n\r\n")) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        }
    }
}
