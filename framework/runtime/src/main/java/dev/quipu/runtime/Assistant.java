package dev.quipu.runtime;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.quipu.Answer;
import dev.quipu.Identity;
import dev.quipu.Knowledge;
import dev.quipu.Mention;
import dev.quipu.Policy;
import dev.quipu.Question;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Answers customers from a business's knowledge, under its rules.
 *
 * <p>Turns of one conversation run in order, different conversations side by side. A turn is stored before its answer is
 * handed out. Thread-safe; never blocks the caller: graph, rules and model work runs on virtual threads, and futures
 * complete on the Vert.x context of the call.
 */
public final class Assistant {
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int REMEMBERED_CONVERSATIONS = 10_000;

    private final Vertx vertx;
    private final TurnFlow flow;
    private final ConversationLog log;
    private final Clock clock;
    private final Guard guard;
    private final Duration deadline;
    private final int queueLimit;
    private final AssistantMetrics metrics = new AssistantMetrics();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Semaphore atOnce;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Conversation> conversations = new LinkedHashMap<>(16, 0.75f, true);
    private volatile boolean closed;

    private Assistant(Builder b) {
        vertx = b.vertx;
        ReadingChooser chooser = b.chatModel == null ? null : new ModelReadingChooser(b.chatModel, b.chooseLimit);
        Phraser phraser = b.streamingModel == null ? null : new Phraser(b.streamingModel, b.phraseLimit);
        flow = new TurnFlow(
                java.util.Objects.requireNonNull(b.knowledge, "knowledge"),
                java.util.Objects.requireNonNull(b.policy, "policy"),
                chooser,
                phraser);
        log = b.log;
        clock = b.clock;
        guard = new Guard(b.maxQuestionChars);
        deadline = b.deadline;
        queueLimit = b.queueLimit;
        atOnce = new Semaphore(b.parallelTurns);
    }

    public static Builder builder(Vertx vertx) {
        return new Builder(vertx);
    }

    /** Answers a message. The future fails with a {@link ConversationException} when it is not answered. */
    public Future<Answer> ask(String conversation, Identity who, String text) {
        return ask(conversation, who, text, AnswerListener.NONE);
    }

    /** As {@link #ask(String, Identity, String)}, telling a listener what happens. */
    public Future<Answer> ask(String conversation, Identity who, String text, AnswerListener listener) {
        Context context = vertx.getOrCreateContext();
        Promise<Answer> promise = Promise.promise();
        String clean;
        try {
            clean = guard.check(conversation, text);
        } catch (ConversationException e) {
            return Future.failedFuture(e);
        }
        if (closed) {
            return Future.failedFuture(new ConversationException(RuntimeError.CLOSED, "The assistant is closed."));
        }
        if (waiting.incrementAndGet() > queueLimit) {
            waiting.decrementAndGet();
            return Future.failedFuture(new BusyException(
                    RuntimeError.BUSY,
                    queueLimit + " messages wait already. Send it again in " + RETRY.toSeconds() + " s.",
                    RETRY,
                    null));
        }
        Question question = Question.of(conversation, who, clean);
        // Opening a conversation reads the log, so even that is done off the event loop.
        threads.execute(() -> enter(new Ticket(question, listener, context, promise)));
        long timer = vertx.setTimer(
                deadline.toMillis(),
                t -> promise.tryFail(new ConversationException(
                        RuntimeError.DEADLINE,
                        "The answer took longer than " + deadline.toMillis()
                                + " ms. Ask again or raise quipu.runtime.deadline.")));
        return promise.future().onComplete(r -> vertx.cancelTimer(timer));
    }

    private record Ticket(Question question, AnswerListener listener, Context context, Promise<Answer> promise) {
        void fail(Throwable cause) {
            context.runOnContext(v -> promise.tryFail(cause));
        }
    }

    private void enter(Ticket ticket) {
        try {
            Conversation conversation = conversation(ticket.question());
            boolean now;
            synchronized (conversation) {
                now = conversation.enter(() -> run(ticket, conversation));
            }
            if (now) {
                run(ticket, conversation);
            }
        } catch (RuntimeException e) {
            waiting.decrementAndGet();
            metrics.failed();
            ticket.fail(e);
        }
    }

    private Conversation conversation(Question question) {
        synchronized (conversations) {
            Conversation known = conversations.get(question.conversation());
            if (known == null) {
                List<Turn> earlier = log.turns(question.conversation());
                Identity owner = earlier.isEmpty()
                        ? question.identity()
                        : earlier.getFirst().who();
                known = new Conversation(owner, earlier);
                evict();
                conversations.put(question.conversation(), known);
            }
            if (!known.belongsTo(question.identity())) {
                throw new ConversationException(
                        RuntimeError.OTHER_IDENTITY, "The conversation belongs to another customer. Start a new one.");
            }
            return known;
        }
    }

    /** Forgets the conversation that was silent the longest; the log still has it. */
    private void evict() {
        if (conversations.size() >= REMEMBERED_CONVERSATIONS) {
            conversations.entrySet().stream()
                    .filter(e -> e.getValue().idle())
                    .findFirst()
                    .map(Map.Entry::getKey)
                    .ifPresent(conversations::remove);
        }
    }

    private void run(Ticket ticket, Conversation conversation) {
        atOnce.acquireUninterruptibly();
        try {
            Answer answer = turn(ticket, conversation);
            metrics.answered(answer);
            ticket.context().runOnContext(v -> ticket.promise().tryComplete(answer));
        } catch (RuntimeException e) {
            metrics.failed();
            ticket.fail(e);
        } finally {
            atOnce.release();
            waiting.decrementAndGet();
            @Nullable Runnable next;
            synchronized (conversation) {
                next = conversation.leave();
            }
            if (next != null) {
                threads.execute(next);
            }
        }
    }

    private Answer turn(Ticket ticket, Conversation conversation) {
        Question question = ticket.question();
        List<Mention> focus;
        synchronized (conversation) {
            focus = conversation.focus();
        }
        TurnFlow.Outcomes outcome = flow.run(question, focus, ticket.listener());
        long sequence;
        synchronized (conversation) {
            sequence = conversation.nextSequence();
            conversation.remember(outcome.mentions());
        }
        log.append(new Turn(
                question.conversation(),
                sequence,
                clock.instant(),
                question.identity(),
                question.text(),
                outcome.mentions(),
                outcome.answer()));
        return outcome.answer();
    }

    /** The stored turns of a conversation, oldest first. */
    public Future<List<Turn>> turns(String conversation) {
        Context context = vertx.getOrCreateContext();
        Promise<List<Turn>> promise = Promise.promise();
        threads.execute(() -> {
            try {
                List<Turn> turns = log.turns(conversation);
                context.runOnContext(v -> promise.complete(turns));
            } catch (RuntimeException e) {
                context.runOnContext(v -> promise.fail(e));
            }
        });
        return promise.future();
    }

    public AssistantMetrics metrics() {
        return metrics;
    }

    /** Refuses new messages and waits for the running ones. The parts that were handed in stay open. */
    public Future<Void> close() {
        closed = true;
        Promise<Void> promise = Promise.promise();
        Thread.ofVirtual().start(() -> {
            threads.close();
            promise.complete();
        });
        return promise.future();
    }

    /** Options of an {@link Assistant}; knowledge and policy are required. */
    public static final class Builder {
        private final Vertx vertx;
        private @Nullable Knowledge knowledge;
        private @Nullable Policy policy;
        private @Nullable ChatModel chatModel;
        private @Nullable StreamingChatModel streamingModel;
        private ConversationLog log = ConversationLog.inMemory();
        private Clock clock = Clock.systemUTC();
        private Duration deadline = Duration.ofSeconds(30);
        private Duration phraseLimit = Duration.ofSeconds(5);
        private Duration chooseLimit = Duration.ofMillis(1_500);
        private int maxQuestionChars = 4_000;
        private int queueLimit = 256;
        private int parallelTurns = 32;

        private Builder(Vertx vertx) {
            this.vertx = vertx;
        }

        public Builder knowledge(Knowledge value) {
            knowledge = value;
            return this;
        }

        public Builder policy(Policy value) {
            policy = value;
            return this;
        }

        /** The model that chooses among readings; without one the best reading is taken. */
        public Builder chatModel(ChatModel value) {
            chatModel = value;
            return this;
        }

        /** The model that words answers; without one the template stands. */
        public Builder streamingModel(StreamingChatModel value) {
            streamingModel = value;
            return this;
        }

        public Builder log(ConversationLog value) {
            log = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** How long a customer waits at most. */
        public Builder deadline(Duration value) {
            deadline = value;
            return this;
        }

        /** How long the model may take to word an answer before the template stands. */
        public Builder phraseLimit(Duration value) {
            phraseLimit = value;
            return this;
        }

        /** How long the model may take to choose among readings before the best one is taken. */
        public Builder chooseLimit(Duration value) {
            chooseLimit = value;
            return this;
        }

        public Builder maxQuestionChars(int value) {
            maxQuestionChars = value;
            return this;
        }

        /** How many messages may wait or run before new ones are refused. */
        public Builder queueLimit(int value) {
            queueLimit = value;
            return this;
        }

        /** How many turns run at once. */
        public Builder parallelTurns(int value) {
            parallelTurns = value;
            return this;
        }

        public Assistant build() {
            return new Assistant(this);
        }
    }
}
