package dev.quipu.runtime;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.quipu.Answer;
import dev.quipu.ApiError;
import dev.quipu.Identity;
import dev.quipu.Knowledge;
import dev.quipu.Policy;
import dev.quipu.QuipuException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Answers customers: keeps conversations, and leads each question from the guard to a checked answer in the log.
 *
 * <p>The turns of one conversation run in the order in which they were asked; conversations run side by side. Nothing
 * blocks the caller: databases, rules, models and the log are called on virtual threads. Futures complete on the Vert.x
 * context of the caller, as {@link AnswerListener} says.
 *
 * <h2>What can go wrong</h2>
 *
 * <ul>
 *   <li>The knowledge or the policy fails or hangs: the answer says that the matter cannot be looked up now, in the
 *       business's words if it can still give them, else in built-in ones that claim nothing.
 *   <li>The choosing model fails or hangs: the best reading is taken if its score is high and well above the next,
 *       else the answer asks back.
 *   <li>The phrasing model fails, hangs, claims what no fact supports, or leaves out what the template says: the
 *       template's text is the answer, and a listener is told to replace what it was shown.
 *   <li>The log fails: the future fails with {@link LogUnavailableException} or another {@link QuipuException}, and the
 *       turn counts as not answered.
 *   <li>Too many questions wait: the future fails with {@link BusyException}.
 *   <li>The text is empty, too long or no text: the future fails with the code {@link ApiError#BLANK}, {@link
 *       ApiError#TOO_LONG} or {@link ApiError#MALFORMED}.
 *   <li>The conversation was begun by somebody else: the future fails with {@link RuntimeError#IDENTITY}.
 * </ul>
 *
 * <p>A question ends at its deadline plus at most the deadline of the log, whatever hangs. No text is given out that
 * was not verified against its source, but for the built-in sentences.
 *
 * <p>The parts that are handed in are not closed with the assistant.
 */
public final class Assistant {
    private final Vertx vertx;
    private final AssistantLimits limits;
    private final Clock clock;
    private final ConversationLog log;
    private final ExecutorService threads;
    private final Bulkhead bulkhead;
    private final QuestionGuard guard;
    private final Meter meter = new Meter();
    private final Conversations conversations;
    private final TurnRunner runner;
    private final Optional<BusEndpoint> endpoint;
    private final long evictions;

    private Assistant(Builder builder, Knowledge knowledge, Policy policy) {
        vertx = builder.vertx;
        limits = builder.limits;
        clock = builder.clock;
        log = builder.log == null ? new InMemoryConversationLog() : builder.log;
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("quipu-turn-", 0).factory());
        bulkhead = new Bulkhead(threads, limits.maxConcurrentSteps());
        guard = new QuestionGuard(limits.maxQuestionChars());
        conversations = new Conversations(limits, clock, threads);
        TurnParts parts = new TurnParts(
                knowledge,
                policy,
                new ReadingSelection(Optional.ofNullable(builder.chooser), limits.chooserDeadline()),
                new FixedSentences(knowledge),
                Optional.ofNullable(builder.phrasing).map(model -> new DraftPhrasing(model, limits.maxPhraseTokens())),
                limits.phraseDeadline());
        runner = new TurnRunner(parts, log, limits, bulkhead, meter);
        endpoint = builder.address.isBlank()
                ? Optional.empty()
                : Optional.of(new BusEndpoint(vertx, builder.address, this));
        long period = Math.clamp(limits.idle().toMillis() / 4, 1, 60_000);
        evictions = vertx.setPeriodic(period, timer -> conversations.evict());
    }

    /** An assistant on a Vert.x instance, which stays the caller's. */
    public static Builder builder(Vertx vertx) {
        return new Builder(vertx);
    }

    /** Like {@link #ask(String, Identity, String, AnswerListener)} for a caller that waits for the whole answer. */
    public Future<Answer> ask(String conversation, Identity who, String text) {
        return ask(conversation, who, text, AnswerListener.NONE);
    }

    /**
     * Asks a question; completes when the answer is in the log.
     *
     * @param conversation the channel's id of the conversation; its first question binds it to who asked
     * @param who who asks, as the channel authenticated them
     * @param text what they wrote
     */
    public Future<Answer> ask(String conversation, Identity who, String text, AnswerListener listener) {
        long start = System.nanoTime();
        Promise<Answer> promise = Promise.promise();
        try {
            QuestionGuard.requireConversation(conversation);
            String admitted = guard.admit(text);
            Context context = vertx.getOrCreateContext();
            TurnTask task = new TurnTask(
                    who,
                    admitted,
                    clock.instant(),
                    start,
                    TurnSteps.millisSince(start),
                    Deadline.in(limits.turnDeadline()),
                    new AnswerRelay(context, listener),
                    promise);
            conversations.submit(conversation, who, taken -> runner.run(taken, task));
        } catch (QuipuException e) {
            meter.failed();
            promise.fail(e);
        }
        return promise.future();
    }

    /**
     * The turns of a conversation, oldest first; empty when it is unknown. Whether the caller may see them is the
     * caller's to check, by {@link Turn#who()}.
     */
    public Future<List<Turn>> turns(String conversation) {
        Promise<List<Turn>> promise = Promise.promise();
        Context context = vertx.getOrCreateContext();
        threads.execute(() -> {
            try {
                List<LoggedTurn> read =
                        bulkhead.call("turns", Deadline.in(limits.logDeadline()), () -> log.read(conversation));
                List<Turn> turns = read.stream().map(LoggedTurn::turn).toList();
                context.runOnContext(nothing -> promise.complete(turns));
            } catch (QuipuException e) {
                context.runOnContext(nothing -> promise.fail(e));
            }
        });
        return promise.future();
    }

    /** What was done so far. */
    public AssistantMetrics metrics() {
        return meter.read(conversations);
    }

    /** Takes no more questions; completes when those taken have ended, each within its deadline. */
    public Future<Void> close() {
        vertx.cancelTimer(evictions);
        Future<Void> unregistered = endpoint.map(BusEndpoint::close).orElseGet(Future::succeededFuture);
        return Future.join(unregistered, conversations.close())
                .onComplete(ended -> threads.shutdownNow())
                .mapEmpty();
    }

    /** Collects the parts of an assistant. Knowledge and policy are required. */
    public static final class Builder {
        private final Vertx vertx;
        private @Nullable Knowledge knowledge;
        private @Nullable Policy policy;
        private @Nullable ReadingChooser chooser;
        private @Nullable StreamingChatModel phrasing;
        private @Nullable ConversationLog log;
        private AssistantLimits limits = AssistantLimits.STANDARD;
        private Clock clock = Clock.systemUTC();
        private String address = "quipu.ask";

        private Builder(Vertx vertx) {
            this.vertx = vertx;
        }

        /** What the business knows. */
        public Builder knowledge(Knowledge value) {
            knowledge = value;
            return this;
        }

        /** What the business allows. */
        public Builder policy(Policy value) {
            policy = value;
            return this;
        }

        /** The model that chooses among readings when none stands clear; without one the scores decide. */
        public Builder chooser(ChatModel model) {
            return chooser(new ModelReadingChooser(model));
        }

        /** Chooses among readings in another way than a model does. */
        public Builder chooser(ReadingChooser value) {
            chooser = value;
            return this;
        }

        /** The model that phrases drafts; without one the template's text is the answer. */
        public Builder phrasing(StreamingChatModel model) {
            phrasing = model;
            return this;
        }

        /** Where turns are kept; in memory, and bounded, by default. */
        public Builder log(ConversationLog value) {
            log = value;
            return this;
        }

        public Builder limits(AssistantLimits value) {
            limits = value;
            return this;
        }

        /** The clock that dates turns and tells idle conversations. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** The event bus address to answer on, {@code quipu.ask} by default; blank for none. */
        public Builder address(String value) {
            address = value;
            return this;
        }

        /**
         * Starts to listen.
         *
         * @throws QuipuException if knowledge or policy is missing
         */
        public Assistant build() {
            if (knowledge == null || policy == null) {
                throw new QuipuException(
                        ApiError.BLANK,
                        "The assistant has no " + (knowledge == null ? "knowledge" : "policy")
                                + ". Pass one to its builder.");
            }
            return new Assistant(this, knowledge, policy);
        }
    }
}
