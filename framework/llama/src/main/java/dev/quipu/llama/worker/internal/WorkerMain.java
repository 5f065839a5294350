package dev.quipu.llama.worker.internal;

import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The process of an engine. It lives as long as its owner keeps the connection: whether that closes it or dies, this
 * process closes its engine and ends.
 */
final class WorkerMain {
    private WorkerMain() {}

    /** Arguments: the socket to connect to, and the model. The options are settings. */
    public static void main(String... args) throws IOException {
        int status = 0;
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(Path.of(args[0])));
        try (Wire wire = new Wire(channel)) {
            serve(wire, Path.of(args[1]));
        } catch (IOException e) {
            status = 1;
        }
        // Some providers leave threads behind that would keep the process.
        System.exit(status);
    }

    private static void serve(Wire wire, Path model) throws IOException {
        Engine engine;
        try {
            engine = Engine.load(EngineOptions.builder(model)
                    .progress(share -> tell(wire, share))
                    .build());
        } catch (RuntimeException e) {
            wire.send(Failures.of(0, e));
            return;
        }
        try (engine) {
            wire.send(new Message.Ready(engine.capabilities(), engine.model()));
            new WorkerServer(engine, wire).serve();
        }
    }

    private static void tell(Wire wire, double share) {
        try {
            wire.send(new Message.Progress(share));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
