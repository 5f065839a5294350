package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.LlamaChatModel;
import dev.quipu.llama.Sampling;
import dev.quipu.training.data.Augmentation;
import dev.quipu.training.data.BackTranslation;
import dev.quipu.training.data.Deduplication;
import dev.quipu.training.data.Fields;
import dev.quipu.training.data.Filters;
import dev.quipu.training.data.Part;
import dev.quipu.training.data.PersonalData;
import dev.quipu.training.data.Preparation;
import dev.quipu.training.data.PreparationReport;
import dev.quipu.training.data.RowFilter;
import dev.quipu.training.data.RowSource;
import dev.quipu.training.data.Shares;
import dev.quipu.training.data.SynonymAugmentation;
import dev.quipu.training.data.Synonyms;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Raw data into examples. */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes examples for 'train' of raw data: masks personal data, takes out copies and poor texts,",
            "divides the rest into parts that do not leak, and reports what was left out and why (docs/data.md)."
        })
final class DataPrepareCommand implements Callable<Integer> {
    private static final int TOLD_EVERY = 10_000;

    /** Share of the words that have synonyms. */
    private static final double EXCHANGED = 0.3;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "IN",
            description =
                    "Files (.jsonl, .csv, .tsv, .json of a chat export, .txt, .md; also with .gz), or the folder of a"
                            + " conversation log.")
    private List<Path> inputs = List.of();

    @Option(names = "--out", required = true, paramLabel = "D.jsonl", description = "The rows to learn from.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--validation", defaultValue = "0.05", description = "Share of rows to choose by (default: 0.05).")
    private double validation;

    @Option(names = "--test", defaultValue = "0.05", description = "Share of rows to judge by (default: 0.05).")
    private double test;

    @Option(names = "--seed", defaultValue = "42", description = "Seed of the draw (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--group", paramLabel = "FIELD", description = "Field or column whose rows stay in one part.")
    private String group = "";

    @Option(names = "--question", paramLabel = "FIELD", description = "Field or column of the question.")
    private String question = "";

    @Option(names = "--answer", paramLabel = "FIELD", description = "Field or column of the answer.")
    private String answer = "";

    @Option(names = "--near", defaultValue = "0.8", description = "Similarity of copies (default: ${DEFAULT-VALUE}).")
    private double near;

    @Option(names = "--exact-only", description = "Equal texts alone are copies.")
    private boolean exactOnly;

    @Option(names = "--languages", split = ",", paramLabel = "TAG", description = "Only these, such as en,zh.")
    private Set<String> languages = Set.of();

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "FILTER",
            description = "Leaves out filters: length, code, advertising, repetition, quality, lines.")
    private Set<String> without = Set.of();

    @Option(names = "--mask", paramLabel = "NAME=REGEX", description = "Masks more, as <NAME>. May be repeated.")
    private Map<String, String> masks = Map.of();

    @Option(names = "--keep-personal", description = "Masks nothing but what --mask names.")
    private boolean keepPersonal;

    @Option(names = "--keep-notices", description = "Leaves notices of cookies, rights and the like in documents.")
    private boolean keepNotices;

    @Option(names = "--synonyms", description = "Adds each row to learn from with words of its question exchanged.")
    private boolean synonyms;

    @Option(
            names = "--synonym-list",
            paramLabel = "FILE|wordnet",
            description = "Another list of them: a group a line, commas between; or 'wordnet'.")
    private Optional<String> synonymList = Optional.empty();

    @Option(names = "--back-translate", paramLabel = "MODEL", description = "Adds questions translated there and back.")
    private Optional<String> translator = Optional.empty();

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        Preparation preparation = Preparation.to(out)
                .withShares(new Shares(validation, test, seed))
                .withDeduplication(exactOnly ? Deduplication.EXACT : Deduplication.STANDARD.withNear(near))
                .withFilters(filters())
                .withMasks(masks())
                .withCutting(!keepNotices);
        PrintWriter err = spec.commandLine().getErr();
        List<RowSource> sources = sources();
        LongConsumer progress = read -> {
            if (read % TOLD_EVERY == 0) {
                err.println("read " + read + " rows");
            }
        };
        PreparationReport report = augmented(preparation, p -> p.run(sources, progress));
        spec.commandLine().getOut().println(json ? json(preparation, report) : table(preparation, report));
        return 0;
    }

    private static Synonyms synonyms(String list) {
        return list.equals("wordnet") ? Synonyms.wordNet() : Synonyms.read(Path.of(list));
    }

    /** With a model loaded while it runs, where one translates. */
    private PreparationReport augmented(Preparation plan, Function<Preparation, PreparationReport> run) {
        List<Augmentation> augmentations = new ArrayList<>();
        if (synonyms || synonymList.isPresent()) {
            Synonyms words = synonymList.map(DataPrepareCommand::synonyms).orElseGet(Synonyms::standard);
            augmentations.add(new SynonymAugmentation(words, EXCHANGED));
        }
        if (translator.isEmpty()) {
            return run.apply(plan.withAugmentations(augmentations));
        }
        EngineOptions options = EngineOptions.builder(ModelFiles.find(translator.get()))
                .contextSize(4096)
                .sequences(1)
                .build();
        try (Engine engine = Engine.load(options)) {
            augmentations.add(new BackTranslation(
                    LlamaChatModel.of(engine, translator.get()).with(Sampling.GREEDY, Duration.ofMinutes(10))));
            return run.apply(plan.withAugmentations(augmentations));
        }
    }

    private List<RowFilter> filters() {
        List<RowFilter> filters = new ArrayList<>(Filters.without(without));
        if (!languages.isEmpty()) {
            filters.addFirst(Filters.languages(languages));
        }
        return filters;
    }

    private PersonalData masks() {
        PersonalData data = keepPersonal ? PersonalData.none() : PersonalData.standard();
        for (Map.Entry<String, String> mask : masks.entrySet()) {
            try {
                data = data.with("<" + mask.getKey() + ">", Pattern.compile(mask.getValue()));
            } catch (PatternSyntaxException e) {
                throw new ServerException(
                        ServerError.USAGE, "--mask " + mask.getKey() + " is no pattern: " + e.getMessage() + ".", e);
            }
        }
        return data;
    }

    private List<RowSource> sources() {
        if (question.isEmpty() != answer.isEmpty()) {
            throw new ServerException(ServerError.USAGE, "--question and --answer belong together.");
        }
        Fields pair = question.isEmpty() ? Fields.STANDARD : Fields.STANDARD.withPair(question, answer);
        Fields fields = group.isEmpty() ? pair : pair.withGroup(group);
        return inputs.stream()
                .map(in -> Files.isDirectory(in) ? new LoggedConversations(in) : RowSource.of(in, fields))
                .toList();
    }

    private static ObjectNode json(Preparation preparation, PreparationReport report) {
        ObjectNode told = report.json();
        ObjectNode files = told.putObject("files");
        report.rows()
                .keySet()
                .forEach(part -> files.put(part.key(), preparation.file(part).toString()));
        return told.put("report", preparation.report("md").toString());
    }

    private static String table(Preparation preparation, PreparationReport report) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Part, Long> part : report.rows().entrySet()) {
            text.append(String.format(Locale.ROOT, "%8d  %s%n", part.getValue(), preparation.file(part.getKey())));
        }
        String told = report.told();
        return text.append(String.format(Locale.ROOT, "of %d rows read", report.read()))
                .append(told.isEmpty() ? "" : "; left out: " + told)
                .append("; see ")
                .append(preparation.report("md"))
                .toString();
    }
}
