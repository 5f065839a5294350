package dev.quipu.server;

import dev.quipu.kg.text.Document;
import dev.quipu.kg.text.TextGraph;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Puts documents into a graph while they are read, some at a time, so that their files need not fit into memory. */
final class DocumentBatches {
    private static final int DOCUMENTS = 1_000;
    private static final int CHARACTERS = 16_000_000;

    private final TextGraph graph;
    private final PrintWriter progress;
    private final List<Document> waiting = new ArrayList<>();
    private int characters;
    private int read;
    private int changed;

    DocumentBatches(TextGraph graph, PrintWriter progress) {
        this.graph = graph;
        this.progress = progress;
    }

    void add(Document document) {
        waiting.add(document);
        characters += document.text().length();
        if (waiting.size() >= DOCUMENTS || characters > CHARACTERS) {
            flush();
        }
    }

    /** Puts what waits. What was put stays, also after an interruption. */
    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        read += waiting.size();
        changed += graph.put(waiting, (done, of) -> {});
        waiting.clear();
        characters = 0;
        progress.println("indexed " + read + " document(s), " + changed + " changed");
    }

    int read() {
        return read;
    }

    int changed() {
        return changed;
    }
}
