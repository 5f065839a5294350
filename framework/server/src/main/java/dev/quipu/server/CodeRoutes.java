package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.codegen.Budget;
import dev.quipu.codegen.CodeGenerator;
import dev.quipu.codegen.CodeModel;
import dev.quipu.codegen.CodeReport;
import dev.quipu.codegen.CodeRequest;
import dev.quipu.codegen.Step;
import dev.quipu.sandbox.PythonSandbox;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Code on request: a description in, a report out, whole or with each step as an event.
 *
 * <p>The sandbox is opened by the first request, so that a server that writes no code needs none. A client that goes away
 * ends its request.
 */
final class CodeRoutes implements AutoCloseable {
    /** Requests that work at a time; each one asks for several drafts side by side. */
    private static final int AT_A_TIME = 2;

    private static final int MOST_ATTEMPTS = 32;
    private static final int MOST_SECONDS = 900;

    private final Supplier<CodeModel> model;
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private @Nullable PythonSandbox sandbox;

    CodeRoutes(Supplier<CodeModel> model) {
        this.model = model;
    }

    void write(RoutingContext context) {
        CodeRequest request = request(Json.object(context));
        if (!free.tryAcquire()) {
            throw new ServerException(
                    ServerError.CODE_BUSY,
                    "Already " + AT_A_TIME + " requests for code are worked on. Ask again in a minute.");
        }
        String accept = context.request().getHeader("accept");
        boolean stream = accept != null && accept.contains("text/event-stream");
        EventStream events = new EventStream(context);
        Thread.ofVirtual().name("quipu-code").start(() -> {
            try {
                Thread worker = Thread.currentThread();
                CodeReport report = generator().generate(request, step -> {
                    if (stream) {
                        events.send("step", told(step).toString());
                    }
                    if (events.closed()) {
                        worker.interrupt();
                    }
                });
                if (stream) {
                    events.end("report", report.json());
                } else {
                    events.respond(report.json());
                }
            } catch (RuntimeException e) {
                events.fail(e);
            } finally {
                free.release();
            }
        });
    }

    private static CodeRequest request(ObjectNode body) {
        return CodeRequest.builder()
                .description(body.path("description").asText(""))
                .stub(body.path("stub").asText(""))
                .after(body.path("after").asText(""))
                .examples(body.path("examples").asText(""))
                .tests(body.path("tests").asText(""))
                .budget(Budget.STANDARD
                        .withAttempts(
                                Math.clamp(body.path("attempts").asInt(Budget.STANDARD.attempts()), 1, MOST_ATTEMPTS))
                        .withTime(Duration.ofSeconds(Math.clamp(
                                body.path("seconds")
                                        .asInt((int) Budget.STANDARD.time().toSeconds()),
                                1,
                                MOST_SECONDS))))
                .build();
    }

    private static ObjectNode told(Step step) {
        return Json.create()
                .put("state", step.state().name().toLowerCase(Locale.ROOT))
                .put("attempt", step.attempt())
                .put("note", step.note())
                .put("ms", step.at().toMillis());
    }

    private synchronized CodeGenerator generator() {
        if (sandbox == null) {
            sandbox = PythonSandbox.open();
        }
        return CodeGenerator.builder(model.get(), sandbox).build();
    }

    @Override
    public synchronized void close() {
        if (sandbox != null) {
            sandbox.close();
            sandbox = null;
        }
    }
}
