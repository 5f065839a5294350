package dev.quipu.samples.tickets;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.quipu.llama.AdapterUse;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Has a model do exercises, greedily, several at a time.
 *
 * @param adapters that the engine has loaded; none for the model as it is
 * @param shown exercises that come with their answers before each one of the same task
 * @param bound whether answers are held to the form that is asked for
 */
record Exam(Engine engine, List<AdapterUse> adapters, List<Exercise> shown, boolean bound, AnswerBook book) {
    /** A model as it is. */
    static Exam plain(Engine engine, AnswerBook book) {
        return new Exam(engine, List.of(), List.of(), false, book);
    }

    /** A model that is helped as far as it can be without being taught. */
    static Exam helped(Engine engine, List<Exercise> shown, AnswerBook book) {
        return new Exam(engine, List.of(), shown, true, book);
    }

    /** A model with an adapter. */
    static Exam adapted(Engine engine, AdapterUse adapter, AnswerBook book) {
        return new Exam(engine, List.of(adapter), List.of(), false, book);
    }

    private static final int AT_ONCE = 4;
    /** A slow answer is an answer. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private record Asked(Exercise exercise, String prompt, Generation generation) {}

    /** What came of it, by task. */
    ExamResult sit(List<Exercise> exercises) {
        Map<Task, List<Boolean>> marks = new EnumMap<>(Task.class);
        Queue<Asked> running = new ArrayDeque<>();
        int done = 0;
        for (Exercise exercise : exercises) {
            String prompt = engine.chatPrompt(conversation(exercise));
            if (book.find(prompt).isEmpty()) {
                running.add(new Asked(exercise, prompt, engine.generate(request(exercise, prompt))));
            }
            if (running.size() == AT_ONCE) {
                finish(running.remove());
            }
            if (++done % 50 == 0) {
                System.err.println("answered " + done + " of " + exercises.size());
            }
        }
        running.forEach(this::finish);
        for (Exercise exercise : exercises) {
            String answer = book.find(engine.chatPrompt(conversation(exercise))).orElseThrow();
            marks.computeIfAbsent(exercise.task(), t -> new ArrayList<>()).add(exercise.right(answer));
        }
        return new ExamResult(marks);
    }

    private GenerationRequest request(Exercise exercise, String prompt) {
        return GenerationRequest.of(prompt)
                .withMaxTokens(exercise.task().tokens())
                .withGrammar(bound ? exercise.grammar() : "")
                .withDeadline(PATIENCE)
                .withAdapters(adapters);
    }

    private void finish(Asked asked) {
        try (Generation generation = asked.generation()) {
            book.put(asked.prompt(), generation.await().text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineError.DEADLINE, "The examination was interrupted.", e);
        }
    }

    private List<ChatMessage> conversation(Exercise exercise) {
        List<ChatMessage> prompt = exercise.prompt();
        List<ChatMessage> all = new ArrayList<>();
        all.add(prompt.getFirst());
        shown.stream().filter(e -> e.task() == exercise.task()).forEach(e -> {
            all.add(UserMessage.from(e.question()));
            all.add(AiMessage.from(e.gold()));
        });
        all.add(prompt.getLast());
        return all;
    }
}
