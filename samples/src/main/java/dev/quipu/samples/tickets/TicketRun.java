package dev.quipu.samples.tickets;

import dev.quipu.llama.AdapterUse;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.catalog.AdapterStore;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.quality.TextCheck;
import dev.quipu.llama.quality.TextScore;
import dev.quipu.server.ServerError;
import dev.quipu.server.ServerException;
import dev.quipu.training.Example;
import dev.quipu.training.ExampleReader;
import dev.quipu.training.Examples;
import dev.quipu.training.LoraOptions;
import dev.quipu.training.LoraTraining;
import dev.quipu.training.OptimizerOptions;
import dev.quipu.training.TrainingOptions;
import dev.quipu.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From tickets to an adapter that a running engine serves.
 *
 * <p>Each part keeps what it made in the work folder, so a run that was ended goes on where it was: the model's own texts
 * and answers come from their files, the training from its checkpoint.
 */
final class TicketRun {
    private static final int SHOWN = 5;
    private static final int WARMUP = 10;
    private static final int CHECKPOINT = 10;
    private static final int WINDOW = 256;

    private final TicketOptions options;
    private final Path samples;
    private final Path model;
    private final AdapterStore store;
    private final Path work;

    /** @param samples the folder that has {@code tickets} and {@code suites} */
    TicketRun(TicketOptions options, Path samples, Path model, AdapterStore store) {
        this.options = options;
        this.samples = samples;
        this.model = model;
        this.store = store;
        // What one model wrote and answered is nothing to another.
        work = options.folder(model);
    }

    TicketReport run() {
        long start = System.nanoTime();
        Exercises training = prepare(Split.TRAIN, options.train);
        prepare(Split.VALIDATION, options.test);
        prepare(Split.TEST, options.test);
        List<Exercise> exam = write(options.examine, options.test).all();
        try (Engine engine = engine()) {
            ExamResult before = Exam.plain(engine, answers("base")).sit(exam);
            ExamResult helped =
                    Exam.helped(engine, training.few(SHOWN), answers("helped")).sit(exam);
            Examples examples = examples(engine);
            TrainingResult result = train(examples);
            int version = keep(result.adapter());
            engine.loadAdapter(options.name, store.find(options.name));
            ExamResult after = Exam.adapted(engine, new AdapterUse(options.name, options.scale), newAnswers("adapted"))
                    .sit(exam);
            TextScore text = new TextCheck(WINDOW, Integer.MAX_VALUE, options.threads)
                    .compareAdapted(model, store.find(options.name), options.scale, text(), share -> {});
            return new TicketReport(
                    options.model,
                    options.name,
                    version,
                    options.examine,
                    examples.all().size(),
                    result.steps(),
                    before,
                    helped,
                    after,
                    text,
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private Engine engine() {
        return Engine.load(EngineOptions.builder(model)
                .contextSize(4096)
                .threads(options.threads)
                .gpuLayers(0)
                .build());
    }

    /** Writes a split's exercises where everybody can read them. */
    private Exercises prepare(Split split, int perTask) {
        Exercises exercises = write(split, perTask);
        exercises.save(work.resolve(split.key() + ".jsonl"));
        return exercises;
    }

    private Exercises write(Split split, int perTask) {
        return Exercises.write(
                Desk.read(samples, options.seed),
                Catalogue.read(samples.resolve("suites/shop/data")),
                split,
                perTask,
                options.seed);
    }

    private AnswerBook answers(String what) {
        System.err.println("examination: " + what);
        return AnswerBook.open(work.resolve("answers-" + what + ".jsonl"));
    }

    /** Answers of an adapter that may be another one by now are not kept for the next run. */
    private AnswerBook newAnswers(String what) {
        Path answers = work.resolve("answers-" + what + ".jsonl");
        try {
            Files.deleteIfExists(answers);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, answers + " cannot be deleted: " + e.getMessage() + ".", e);
        }
        return answers(what);
    }

    private Examples examples(Engine engine) {
        Examples tickets =
                new ExampleReader(engine, GgufFile.read(model), options.length).read(work.resolve("train.jsonl"));
        List<Example> all = new ArrayList<>(tickets.all());
        all.addAll(OwnWords.write(engine, options.ownWords, options.length, work.resolve("own-words.jsonl")));
        return new Examples(all, tickets.skipped());
    }

    private TrainingResult train(Examples examples) {
        TrainingOptions training = TrainingOptions.builder(model, work.resolve("adapter.gguf"))
                .lora(LoraOptions.STANDARD.withRank(options.rank).withAlpha(2f * options.rank))
                .optimizer(OptimizerOptions.STANDARD.withRate(options.rate).withWarmup(WARMUP))
                .length(options.length)
                .accumulate(options.batch)
                .epochs(options.epochs)
                .threads(options.threads)
                .seed(options.seed)
                .checkpointSteps(CHECKPOINT)
                .resume(true)
                .build();
        return new LoraTraining(training, examples).run(new TrainingLog(System.err));
    }

    /** The same adapter again is no new version. */
    private int keep(Path adapter) {
        try {
            int current = store.current(options.name).orElse(0);
            return current > 0 && Files.mismatch(store.file(options.name, current), adapter) < 0
                    ? current
                    : store.put(options.name, adapter);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, adapter + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private String text() {
        try {
            return Files.readString(options.text);
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, options.text + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
