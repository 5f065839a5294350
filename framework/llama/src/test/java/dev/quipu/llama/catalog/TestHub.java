package dev.quipu.llama.catalog;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A model hub on this machine that answers as it is told, request by request. */
final class TestHub implements AutoCloseable {
    /** Answers a request. */
    interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    /** The headers of the requests that came. */
    final List<Headers> requests = Collections.synchronizedList(new ArrayList<>());

    TestHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** The last reply answers all further requests. */
    TestHub then(Reply reply) {
        replies.add(reply);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestHeaders());
        Reply reply;
        synchronized (replies) {
            reply = replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
        }
        try (exchange) {
            reply.to(exchange);
        }
    }

    /** Sends a file, or the part that is asked for. */
    static Reply file(byte[] content) {
        return exchange -> {
            int from = from(exchange);
            if (from > 0) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            send(exchange, from > 0 ? 206 : 200, content, from, content.length);
        };
    }

    /** Sends a file from its beginning, whatever is asked for. */
    static Reply wholeFile(byte[] content) {
        return exchange -> send(exchange, 200, content, 0, content.length);
    }

    /** Announces the rest of a file but breaks off at a byte of it. */
    static Reply cutFile(byte[] content, int at) {
        return exchange -> {
            int from = from(exchange);
            if (from > 0) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
            exchange.getResponseBody().write(content, from, at - from);
            exchange.getResponseBody().flush();
        };
    }

    static Reply status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static Reply redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** Sends a beginning and then nothing until the hub is closed. */
    Reply silence(byte[] content) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length * 2L);
            exchange.getResponseBody().write(content);
            exchange.getResponseBody().flush();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static int from(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }

    static void send(HttpExchange exchange, int status, byte[] content, int from, int to) throws IOException {
        exchange.sendResponseHeaders(status, to - from);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(content, from, to - from);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
