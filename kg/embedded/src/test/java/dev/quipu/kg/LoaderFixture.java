package dev.quipu.kg;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Data files in a folder, a mapping beside them, and short questions to the graph. */
final class LoaderFixture {
    private final GraphStore store;
    private final Path folder;

    LoaderFixture(GraphStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    LoaderFixture file(String name, String text) throws IOException {
        return file(name, text, StandardCharsets.UTF_8);
    }

    LoaderFixture file(String name, String text, Charset charset) throws IOException {
        Files.write(folder.resolve(name), text.getBytes(charset));
        return this;
    }

    LoaderFixture mapping(String yaml) throws IOException {
        return file("mapping.yaml", yaml);
    }

    GraphLoader loader() {
        return GraphLoader.of(store, Mapping.read(folder.resolve("mapping.yaml")));
    }

    LoadReport load() {
        return loader().load(folder);
    }

    LoadReport load(GraphLoader loader) {
        return loader.load(folder);
    }

    /** The first column of a query's rows. */
    List<Object> ask(String cypher) {
        return store.read(cypher, Map.of()).stream()
                .map(r -> r.values().isEmpty()
                        ? "null"
                        : r.values().values().iterator().next())
                .toList();
    }

    /** The nodes and relationships that the loader's files hold. */
    List<Object> counts() {
        return List.of(
                ask("MATCH (n) WHERE NOT n:LoadedFile RETURN count(n)").getFirst(),
                ask("MATCH ()-[r]->() RETURN count(r)").getFirst());
    }
}
