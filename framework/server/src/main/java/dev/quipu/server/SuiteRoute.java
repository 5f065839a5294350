package dev.quipu.server;

import dev.quipu.Identity;
import dev.quipu.kg.question.SuiteSettings;
import io.vertx.ext.web.RoutingContext;

/** What the page says before the first question: which business this is, who is signed in, what one could ask. */
final class SuiteRoute {
    private final String body;

    SuiteRoute(SuiteSettings settings, Identity who) {
        var suite = Json.create().put("name", settings.name());
        suite.put("customer", who instanceof Identity.Customer customer ? customer.id() : "");
        var questions = suite.putObject("questions");
        settings.demoQuestions().forEach((language, asked) -> questions.set(language.tag(), Json.tree(asked)));
        body = suite.toString();
    }

    void handle(RoutingContext context) {
        context.response().putHeader("content-type", "application/json").end(body);
    }
}
