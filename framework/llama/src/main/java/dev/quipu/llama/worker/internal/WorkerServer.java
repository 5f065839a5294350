package dev.quipu.llama.worker.internal;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.quipu.llama.Engine;
import dev.quipu.llama.Generation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves an engine over a connection until that is closed. */
final class WorkerServer {
    private final Engine engine;
    private final Wire wire;
    private final Map<Long, Served> generations = new ConcurrentHashMap<>();

    WorkerServer(Engine engine, Wire wire) {
        this.engine = engine;
        this.wire = wire;
    }

    /** Blocks until the owner closes the connection or dies. */
    void serve() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                while (true) {
                    take(wire.receive(), threads);
                }
            } catch (IOException e) {
                generations.values().forEach(Served::cancel);
            }
        }
    }

    private void take(Message message, ExecutorService threads) {
        switch (message) {
            case Message.Generate generate -> {
                // Known before the next message is read: its reader's wishes may come at once.
                Served served = new Served(generate);
                generations.put(generate.id(), served);
                threads.execute(served);
            }
            case Message.More more -> {
                Served served = generations.get(more.id());
                if (served != null) {
                    served.room.release(more.pieces());
                }
            }
            case Message.Cancel cancel -> {
                Served served = generations.get(cancel.id());
                if (served != null) {
                    served.cancel();
                }
            }
            case Message.Question question -> threads.execute(() -> answer(question, () -> value(question)));
            case Message other -> throw new IllegalStateException("not for this side: " + other);
        }
    }

    private @Nullable Object value(Message.Question question) {
        return switch (question) {
            case Message.Tokenize q -> engine.tokenize(q.text(), q.special());
            case Message.Detokenize q ->
                engine.detokenize(
                        q.tokens().stream().mapToInt(Integer::intValue).toArray(), q.special());
            case Message.Measure ignored -> engine.metrics();
            case Message.LoadAdapter q -> {
                engine.loadAdapter(q.name(), Path.of(q.file()));
                yield null;
            }
            case Message.UnloadAdapter q -> {
                engine.unloadAdapter(q.name());
                yield null;
            }
            case Message.Generate q -> throw new IllegalStateException("generations are served elsewhere: " + q.id());
        };
    }

    private void answer(Message.Question question, Supplier<@Nullable Object> value) {
        try {
            Object found = value.get();
            send(new Message.Reply(
                    question.id(), found == null ? NullNode.getInstance() : Wire.JSON.valueToTree(found)));
        } catch (RuntimeException e) {
            send(Failures.of(question.id(), e));
        }
    }

    private void send(Message message) {
        try {
            wire.send(message);
        } catch (IOException e) {
            // The owner is gone; the thread that receives ends everything.
            generations.values().forEach(Served::cancel);
        }
    }

    /** A generation that is read here and sent on, as far as its reader has room. */
    private final class Served implements Runnable {
        private final Message.Generate asked;
        private final Semaphore room = new Semaphore(RemoteGeneration.WINDOW);
        private volatile boolean cancelled;
        private volatile @Nullable Generation running;

        Served(Message.Generate asked) {
            this.asked = asked;
        }

        @Override
        public void run() {
            try (Generation generation = engine.generate(asked.request())) {
                running = generation;
                if (cancelled) {
                    generation.cancel();
                }
                send(new Message.Reply(asked.id(), NullNode.getInstance()));
                pass(generation);
            } catch (RuntimeException e) {
                send(Failures.of(asked.id(), e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                generations.remove(asked.id());
            }
        }

        private void pass(Generation generation) throws InterruptedException {
            while (true) {
                room.acquire();
                Optional<String> piece = generation.next();
                if (piece.isEmpty()) {
                    send(new Message.Done(asked.id(), generation.await()));
                    return;
                }
                send(new Message.Text(asked.id(), piece.get()));
            }
        }

        void cancel() {
            cancelled = true;
            Generation now = running;
            if (now != null) {
                now.cancel();
            }
            // Its last texts and its end are sent whether or not the reader takes them.
            room.release(1 << 20);
        }
    }
}
