package dev.quipu.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A line to a server that can be cut and mended: to who is connected by it, the server is away and comes back. */
final class CutLine implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final InetSocketAddress server;
    private final int port;
    private ServerSocket door;

    CutLine(String host, int serverPort) throws IOException {
        server = new InetSocketAddress(host, serverPort);
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = door.getLocalPort();
        accept(door);
    }

    int port() {
        return port;
    }

    void cut() throws IOException {
        door.close();
        for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
            socket.close();
        }
    }

    void mend() throws IOException {
        door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        accept(door);
    }

    private void accept(ServerSocket at) {
        threads.execute(() -> {
            while (!at.isClosed()) {
                try {
                    Socket near = at.accept();
                    Socket far = new Socket();
                    open.add(near);
                    open.add(far);
                    far.connect(server);
                    threads.execute(() -> pass(near, far));
                    threads.execute(() -> pass(far, near));
                } catch (IOException e) {
                    // The line was cut.
                    return;
                }
            }
        });
    }

    private static void pass(Socket from, Socket to) {
        try (Closeable both = () -> {
                    from.close();
                    to.close();
                };
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // The line was cut, or one side has hung up.
            return;
        }
    }

    @Override
    public void close() {
        try {
            cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.close();
    }
}
