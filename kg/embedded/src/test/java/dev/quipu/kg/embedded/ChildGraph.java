package dev.quipu.kg.embedded;

import dev.quipu.kg.GraphLocation;
import dev.quipu.kg.GraphStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A process that commits to a graph and prints the number of each commit once it is acknowledged. */
final class ChildGraph {
    private ChildGraph() {}

    static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildGraph.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @SuppressWarnings("InfiniteLoopStatement") // the parent kills it
    public static void main(String[] arguments) {
        GraphStore store = GraphStore.open(new GraphLocation.Folder(Path.of(arguments[0])));
        for (int i = 1; true; i++) {
            store.write("CREATE (:Commit {number: $number})", Map.of("number", i));
            System.out.println(i);
        }
    }
}
