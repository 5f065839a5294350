package dev.quipu.kg.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.GraphStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedNeo4jTest {
    @TempDir
    static Path stopped;

    @TempDir
    Path folder;

    /** Creates a store once: each test works on a copy of it. */
    @BeforeAll
    static void create() {
        try (GraphStore store = open(stopped)) {
            store.write("CREATE (:Kept {id: 'x'})", Map.of());
        }
    }

    private Path copy() throws IOException {
        Path copy = folder.resolve("copy");
        try (Stream<Path> files = Files.walk(stopped)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(stopped.relativize(file).toString()));
            }
        }
        return copy;
    }

    private static GraphStore open(Path path) {
        return GraphStore.open(new GraphLocation.Folder(path));
    }

    @Test
    void keepsWhatWasWrittenOverAStopAndAnswersOnLoopbackOnly() throws IOException {
        URI uri;
        try (GraphStore store = open(copy())) {
            uri = URI.create(store.server().uri());

            assertThat(store.read("MATCH (k:Kept) RETURN k.id AS id", Map.of())).hasSize(1);
            assertThat(uri.getHost()).isEqualTo("127.0.0.1");
            for (InetAddress other : addressesBeyondLoopback()) {
                assertThatThrownBy(() -> connect(other, uri.getPort())).isInstanceOf(IOException.class);
            }
        }

        assertThatThrownBy(() -> connect(InetAddress.getByName(uri.getHost()), uri.getPort()))
                .isInstanceOf(IOException.class);
    }

    private static List<InetAddress> addressesBeyondLoopback() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
                .toList();
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
        }
    }

    /** Also tells a second process, as the lock is the file system's. */
    @Test
    void losesNoAcknowledgedCommitToAKillAndLocksItsFolder() throws Exception {
        Path shared = copy();
        Process child = ChildGraph.start(shared);
        long acknowledged = 0;
        try (BufferedReader out = child.inputReader()) {
            String first = out.readLine();
            assertThat(first).as("the child's first line").isEqualTo("1");
            assertThatThrownBy(() -> open(shared))
                    .isInstanceOf(GraphException.class)
                    .extracting("code")
                    .isEqualTo(GraphError.LOCKED);
            while (acknowledged < 50) {
                acknowledged = Long.parseLong(out.readLine());
            }
            // The handle leaves the pipe open, so that what the child printed before its end can be read.
            child.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                acknowledged = line.isEmpty() ? acknowledged : Long.parseLong(line);
            }
        }

        try (GraphStore store = open(shared)) {
            long kept = store.read("MATCH (n:Commit) RETURN count(n) AS n", Map.of())
                    .getFirst()
                    .number("n");

            assertThat(kept).isBetween(acknowledged, acknowledged + 1);
        }
    }

    @Test
    void saysThatAFolderCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> open(file.resolve("graph")))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-008")
                .hasMessageContaining("choose another folder");
    }

    @Test
    void saysThatAStoreIsDamaged() throws IOException {
        Path damaged = copy();
        try (Stream<Path> files = Files.walk(damaged.resolve("data/databases/neo4j"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[64], StandardOpenOption.TRUNCATE_EXISTING);
            }
        }

        assertThatThrownBy(() -> open(damaged))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-008")
                .hasMessageContaining(damaged.toString());
    }
}
