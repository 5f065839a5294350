package dev.quipu.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page: it may run its own script only, and that script never makes markup of a text. */
@ExtendWith(ShopExtension.class)
class PageTest {
    private final Web web;

    PageTest(ShopServer shop) {
        web = shop.first();
    }

    @Test
    void allowsNothingButItsOwnFiles() throws Exception {
        Web.Reply page = web.get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.header("content-security-policy"))
                .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(page.text())
                .doesNotContain("<style")
                .doesNotContain("onclick")
                .doesNotContain("http://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page.js", "/picture.js", "/words.js"})
    void makesNoMarkupAndNoCodeOfTexts(String path) throws Exception {
        Web.Reply script = web.get(path);

        assertThat(script.header("content-type")).contains("javascript");
        assertThat(script.text())
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser")
                .doesNotContain("eval(", "new Function", "setTimeout(\"", "javascript:");
    }

    @Test
    void isToldWhoIsSignedInAndWhatToAsk() throws Exception {
        Web.Reply suite = web.get("/api/suite");

        assertThat(suite.json().path("customer").asText()).isEqualTo("C1000");
        assertThat(suite.json().at("/questions/en")).isNotEmpty();
        assertThat(suite.json().at("/questions/zh")).isNotEmpty();
    }
}
