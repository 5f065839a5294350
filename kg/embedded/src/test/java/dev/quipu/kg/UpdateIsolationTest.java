package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedGraph.class)
class UpdateIsolationTest {
    @TempDir
    Path folder;

    @Test
    void showsReadersTheOldStateOrTheNewOne(GraphStore store) throws Exception {
        LoaderFixture fixture = new LoaderFixture(store, folder).mapping("""
                        sources:
                          - file: a.csv
                            nodes: [{label: A, id: id, properties: {version: version}}]
                            relationships: [{type: TO, from: {label: A, id: id}, to: {label: B, id: to}}]
                          - {file: b.csv, nodes: [{label: B, id: id, properties: {version: version}}]}
                        """);
        version(fixture, 1);
        fixture.load();
        Set<String> seen = new ConcurrentSkipListSet<>();
        CountDownLatch reading = new CountDownLatch(1);

        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> reader = threads.submit(() -> {
                while (!Thread.currentThread().isInterrupted() && !seen.contains("3/300/300")) {
                    seen.add(state(store));
                    reading.countDown();
                }
            });
            reading.await();
            for (int version = 2; version <= 3; version++) {
                version(fixture, version);
                fixture.load();
            }
            reader.get();
        }

        assertThat(seen).isSubsetOf("1/300/300", "2/300/300", "3/300/300");
    }

    private static void version(LoaderFixture fixture, int version) throws IOException {
        StringBuilder a = new StringBuilder("id,to,version\n");
        StringBuilder b = new StringBuilder("id,version\n");
        for (int i = 0; i < 300; i++) {
            String id = version + "-" + i;
            a.append(id).append(',').append(id).append(',').append(version).append('\n');
            b.append(id).append(',').append(version).append('\n');
        }
        fixture.file("a.csv", a.toString()).file("b.csv", b.toString());
    }

    /** One statement, so that it reads one state: the versions there are, their nodes and their relationships. */
    private static String state(GraphStore store) {
        Row row = store.read(
                        "MATCH (a:A)-[r:TO]->(b:B) RETURN count(r) AS edges, count(DISTINCT a) AS nodes,"
                                + " collect(DISTINCT a.version) AS versions",
                        Map.of())
                .getFirst();
        String versions = String.valueOf(row.get("versions")).replaceAll("[\\[\\]]", "");
        return versions + "/" + row.number("nodes") + "/" + row.number("edges");
    }
}
