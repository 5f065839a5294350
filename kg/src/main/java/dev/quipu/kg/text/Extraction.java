package dev.quipu.kg.text;

import dev.quipu.kg.text.PassageStore.Stored;
import dev.quipu.kg.text.Snapshot.Indexed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a reader read the sources that it has not read yet, one after the other. The reader works outside of the lock, so
 * what was replaced or deleted meanwhile is left for another time.
 */
record Extraction(PassageStore store, Corpus corpus, ReentrantLock writing) {
    /** A reader that fails this often in a row will fail on. */
    private static final int PATIENCE = 3;

    private static final Logger log = LoggerFactory.getLogger(Extraction.class);

    int run(NameReader reader, String by, int most, TextGraph.Progress progress) {
        List<String> waiting = store.notReadBy(by);
        int failures = 0;
        int read = 0;
        for (String source : waiting) {
            Optional<Stored> there = locked(source);
            int size = there.map(s -> s.passages().size()).orElse(0);
            boolean fits = read + size <= most || (read == 0 && most > 0);
            if (there.isEmpty() || !fits || Thread.currentThread().isInterrupted()) {
                continue;
            }
            List<List<String>> names = new ArrayList<>();
            try {
                there.get().passages().forEach(p -> names.add(reader.names(p.passage())));
                failures = 0;
            } catch (RuntimeException e) {
                if (++failures == PATIENCE) {
                    throw e;
                }
                log.atWarn()
                        .addKeyValue("source", source)
                        .setCause(e)
                        .log("A source's names are left for another time");
            }
            if (names.size() == size) {
                take(source, there.get(), names, by);
            }
            read += size;
            progress.done(Math.min(read, most), most);
        }
        return read;
    }

    private Optional<Stored> locked(String source) {
        writing.lock();
        try {
            return corpus.stored(source);
        } finally {
            writing.unlock();
        }
    }

    private void take(String source, Stored asRead, List<List<String>> names, String by) {
        writing.lock();
        try {
            Optional<Stored> now =
                    corpus.stored(source).filter(s -> s.fingerprint().equals(asRead.fingerprint()));
            if (now.isEmpty()) {
                return;
            }
            List<Indexed> passages = new ArrayList<>();
            for (Indexed one : now.get().passages()) {
                Analysis more = one.analysis().with(one.passage(), names.get(passages.size()));
                passages.add(new Indexed(one.passage(), more, one.vector()));
            }
            Corpus.Plan plan =
                    corpus.plan(List.of(), Map.of(source, new Stored(now.get().fingerprint(), passages)));
            store.write(plan.change());
            corpus.take(plan);
            // An interruption before this has the source read once more, which changes nothing.
            store.markReadBy(source, by);
        } finally {
            writing.unlock();
        }
    }
}
