package dev.quipu.kg.question;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.quipu.Decision;
import dev.quipu.Fact;
import dev.quipu.Focus;
import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Knowledge;
import dev.quipu.Language;
import dev.quipu.Mention;
import dev.quipu.Question;
import dev.quipu.Retrieval;
import dev.quipu.Understanding;
import dev.quipu.Verification;
import dev.quipu.Wording;
import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import dev.quipu.kg.GraphStore;
import dev.quipu.kg.Linker;
import dev.quipu.kg.Linking;
import dev.quipu.kg.Row;
import dev.quipu.kg.cypher.Exposure;
import dev.quipu.kg.cypher.FreeAnswer;
import dev.quipu.kg.cypher.FreeQueries;
import dev.quipu.kg.cypher.QueryWriter;
import dev.quipu.kg.text.TextGraph;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What a business knows, in a graph, with the questions its suite declares.
 *
 * <p>Private data is guarded three times: the queries of an intent of scope {@code own} match the asking customer, the
 * sessions are read-only, and an id in the question that is not the asker's becomes a mention of the slot
 * {@code foreign}, on which a policy can refuse before anything is read. Thread-safe.
 */
public final class KnowledgeGraph implements Knowledge {
    /** The reading that a written query answers; no suite can declare it, as its names have no colon. */
    public static final String QUERY = ":free";

    /** The reading that documents answer. */
    public static final String PASSAGES = ":passages";

    /** The reading that documents in memory answer while the store is away. */
    public static final String MEMORY = ":memory";

    /** The intent of a suite for what its data does not hold. */
    public static final String UNKNOWN = "unknown";

    /** The slot that tells a policy that a visitor asks for private data. */
    public static final String PRIVATE = "private";

    /** The slot of things that belong to somebody else. */
    public static final String FOREIGN = "foreign";

    private static final String CLARIFY = "clarify.";
    private static final String OPTIONS_OF =
            "MATCH (:Product {id: $id})<-[:VARIANT_OF]-(:Variant)-[:HAS_OPTION]->(o:OptionValue) RETURN DISTINCT o.id AS id";

    private final GraphStore store;
    private final Suite suite;
    private final Linker linker;
    private final Map<Language, LanguageModel> languages;
    private final Interpreter interpreter;
    private final QueryRunner runner;
    private final MentionResolver resolver;
    private final Optional<FreePath> free;
    private final Optional<PassagePath> passages;
    private final Set<Part> missing;
    private final Map<String, Set<String>> options = new ConcurrentHashMap<>();
    private volatile Map<Language, ValueFormat> formats = Map.of();

    /** Parts that a measurement may leave out, to see what each is worth. */
    public enum Part {
        /** Nothing is found in a question: no ids, no names. */
        LINKING,
        /** No intent is read: written queries answer all there is. */
        TEMPLATES
    }

    private record LanguageModel(ExampleIndex index, TextEmbedder embedder) {}

    private KnowledgeGraph(
            GraphStore store,
            Suite suite,
            Linker linker,
            Map<Language, LanguageModel> languages,
            Optional<FreePath> free,
            Optional<PassagePath> passages,
            Set<Part> missing) {
        this.store = store;
        this.free = free;
        this.passages = passages;
        this.missing = Set.copyOf(missing);
        this.suite = suite;
        this.linker = linker;
        this.languages = languages;
        this.interpreter = new Interpreter(suite.intents(), suite.synonyms());
        this.runner = new QueryRunner(store);
        this.resolver = new MentionResolver(product -> options.computeIfAbsent(
                product,
                p -> store.read(OPTIONS_OF, Map.of("id", p)).stream()
                        .map(r -> r.text("id"))
                        .collect(Collectors.toUnmodifiableSet())));
        readNames();
    }

    private void readNames() {
        Map<Language, ValueFormat> read = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            Map<String, String> labels = new LinkedHashMap<>();
            String query = suite.names().get(language);
            if (query != null) {
                store.read(query, Map.of()).forEach(r -> labels.put(r.text("value"), r.text("label")));
            }
            read.put(language, suite.format(language, labels));
        }
        formats = read;
    }

    private ValueFormat format(Language language) {
        return java.util.Objects.requireNonNull(formats.get(language));
    }

    /**
     * Opens the knowledge of a suite.
     *
     * @param store the loaded graph; closed with this object
     * @param folder the suite: {@code suite.yaml}, {@code linking.yaml}, {@code intents.yaml}, {@code phrases.yaml}
     * @param embedders the embedding model of each language; that of English also finds names by vectors
     * @param cache where vectors of the suite's examples are kept
     * @throws GraphException that names the file and the entry, if the suite is wrong
     */
    public static KnowledgeGraph open(
            GraphStore store, Path folder, Map<Language, EmbeddingModel> embedders, Path cache) {
        return open(store, folder, embedders, cache, Optional.empty());
    }

    /**
     * As {@link #open(GraphStore, Path, Map, Path)}, and with a model that writes queries for questions that no intent
     * covers, as far as {@code cypher.yaml} of the suite allows it.
     */
    public static KnowledgeGraph open(
            GraphStore store, Path folder, Map<Language, EmbeddingModel> embedders, Path cache, QueryWriter writer) {
        return open(store, folder, embedders, cache, Optional.of(writer));
    }

    private static KnowledgeGraph open(
            GraphStore store,
            Path folder,
            Map<Language, EmbeddingModel> embedders,
            Path cache,
            Optional<QueryWriter> writer) {
        Suite suite = Suite.read(folder);
        Linking linking = Linking.read(folder.resolve("linking.yaml"));
        EmbeddingModel names = embedders.get(Language.ENGLISH);
        Linker linker = names == null ? Linker.of(store, linking) : Linker.of(store, linking, names);
        Map<Language, LanguageModel> languages = new LinkedHashMap<>();
        embedders.forEach((language, model) -> {
            TextEmbedder cached = new CachedEmbedder(model, cache);
            TextEmbedder live =
                    texts -> List.of(model.embed(texts.getFirst()).content().vector());
            languages.put(
                    language,
                    new LanguageModel(
                            ExampleIndex.build(
                                    suite.intents().values(), language, cached, suite.synonyms(), linker::names, cache),
                            live));
        });
        Exposure exposure = Exposure.read(folder.resolve("cypher.yaml"));
        Optional<FreePath> free = writer.filter(w -> !exposure.labels().isEmpty())
                .map(w -> FreeQueries.of(store, exposure, suite.privateLabels(), w, Clock.systemUTC()))
                .map(queries -> new FreePath(queries, exposure, suite));
        return new KnowledgeGraph(store, suite, linker, languages, free, Optional.empty(), Set.of());
    }

    /** The same knowledge without some of its parts, for measurements; it shares the store, which stays this one's. */
    public KnowledgeGraph without(Set<Part> parts) {
        return new KnowledgeGraph(store, suite, linker, languages, free, passages, parts);
    }

    /**
     * The same knowledge that also quotes documents, for questions that no intent covers and for which no query could be
     * written; it shares the store, which stays this one's.
     *
     * @param documents the corpus, of the same store or another
     * @param clock tells which passages hold now
     */
    public KnowledgeGraph withDocuments(TextGraph documents, InstantSource clock) {
        return new KnowledgeGraph(
                store, suite, linker, languages, free, Optional.of(new PassagePath(documents, clock)), missing);
    }

    @Override
    public Understanding understand(Question question, Focus focus) {
        List<Mention> mentions = mentions(question);
        LanguageModel model = languages.getOrDefault(question.language(), languages.get(Language.ENGLISH));
        if (model == null) {
            throw new GraphException(GraphError.SUITE, "No embedding model was given for " + question.language() + ".");
        }
        Understanding read = missing.contains(Part.TEMPLATES)
                ? free.map(f -> f.only(mentions)).orElse(new Understanding(List.of(), mentions, true))
                : interpreter.interpret(question, mentions, focus, model.index(), model.embedder());
        Understanding understood = free.filter(f -> !missing.contains(Part.TEMPLATES))
                .flatMap(f -> f.instead(question, read, plain(question, mentions, model.index()), model.index()))
                .or(() -> passages.flatMap(p -> p.instead(question, read)))
                .orElse(read);
        List<Mention> foreign = new ArrayList<>(foreign(question, mentions));
        boolean visitor = question.identity() instanceof Identity.Anonymous;
        understood.readings().stream()
                .findFirst()
                .filter(r -> visitor && isDeclared(r) && definition(r).own())
                .ifPresent(r -> foreign.add(new Mention(PRIVATE, r.name(), r.name(), 0, 0, 1, Mention.Stage.ID)));
        if (foreign.isEmpty()) {
            return understood;
        }
        List<Mention> all = new ArrayList<>(understood.mentions());
        all.addAll(foreign);
        return new Understanding(understood.readings(), all, understood.certain());
    }

    private Delexicalized plain(Question question, List<Mention> mentions, ExampleIndex index) {
        return Delexicalized.ofQuestion(
                question.text(), mentions, question.language(), suite.synonyms(), index::correct);
    }

    private List<Mention> mentions(Question question) {
        if (missing.contains(Part.LINKING)) {
            return List.of();
        }
        List<Mention> found = new ArrayList<>(linker.link(question.text()));
        found.addAll(Quantities.find(question.text()));
        return resolver.resolve(question.text(), found);
    }

    /**
     * Answers a question by a written query, whether an intent covers it or not; empty where no model writes queries or
     * the suite allows none. It reads what the question's identity may see, and asks no policy.
     */
    public Optional<FreeAnswer> askFreely(Question question) {
        return free.map(f -> f.queries().ask(question.text(), mentions(question), question.identity()));
    }

    /** Mentions of private things that are not the asking customer's, whether they exist or not. */
    private List<Mention> foreign(Question question, List<Mention> mentions) {
        List<Mention> foreign = new ArrayList<>();
        for (Mention mention : mentions) {
            if (isForeign(question.identity(), mention, mentions)) {
                foreign.add(new Mention(
                        FOREIGN, mention.id(), mention.name(), mention.start(), mention.end(), 1, mention.how()));
            }
        }
        return foreign;
    }

    private boolean isForeign(Identity identity, Mention mention, List<Mention> mentions) {
        if (mention.slot().equals("customer")) {
            return mentions.stream()
                    .filter(m -> m.slot().equals("customer") && m.start() == mention.start())
                    .noneMatch(m -> identity instanceof Identity.Customer c && m.id().equals(c.id()));
        }
        String query = suite.access().get(mention.slot());
        if (query == null || !(identity instanceof Identity.Customer customer)) {
            return false;
        }
        List<Row> own = store.read(query, Map.of("customer", customer.id(), "id", mention.id()));
        return own.stream().noneMatch(r -> Boolean.TRUE.equals(r.get("own")));
    }

    @Override
    public Retrieval retrieve(Intent intent, Question question) {
        if (PassagePath.is(intent)) {
            return quotes(intent, question);
        }
        if (FreePath.is(intent)) {
            return free.map(f ->
                            f.retrieve(intent, question, format(question.language()), () -> quotes(intent, question)))
                    .orElse(Retrieval.NOTHING);
        }
        return runner.run(definition(intent), intent, question, format(question.language()));
    }

    private Retrieval quotes(Intent intent, Question question) {
        return passages.map(p -> p.retrieve(intent, question)).orElse(Retrieval.NOTHING);
    }

    /** Documents are in memory. */
    @Override
    public Optional<Intent> standIn(Question question) {
        return passages.map(p -> PassagePath.reading(MEMORY, List.of()));
    }

    private static boolean isDeclared(Intent intent) {
        return !FreePath.is(intent) && !PassagePath.is(intent);
    }

    @Override
    public String topic(Intent intent) {
        return isDeclared(intent) ? definition(intent).decide() : "";
    }

    @Override
    public Wording word(Intent intent, Question question, Retrieval retrieval, List<Decision> decisions) {
        if (PassagePath.quotes(retrieval)) {
            return new Wording(PassagePath.answer(retrieval, question.language()), Wording.Style.QUOTED);
        }
        if (!isDeclared(intent)) {
            return retrieval.facts().isEmpty()
                    ? new Wording(phrase(Interpreter.UNKNOWN, question), Wording.Style.UNKNOWN)
                    : new Wording(FreeWording.answer(retrieval, question.language()), Wording.Style.COMPUTED);
        }
        IntentDefinition definition = definition(intent);
        Language language = question.language();
        ValueFormat format = format(language);
        if (!definition.phrase().isEmpty()) {
            boolean unknown = definition.phrase().equals(Interpreter.UNKNOWN);
            return new Wording(
                    phrase(definition.phrase(), question), unknown ? Wording.Style.UNKNOWN : Wording.Style.FINAL);
        }
        List<Fact> facts = retrieval.facts();
        if (facts.isEmpty() && !definition.queries().isEmpty()) {
            String none = definition
                    .answer()
                    .none()
                    .map(n -> n.in(language).render(Map.of(), format))
                    .orElseGet(() -> phrase(Interpreter.UNKNOWN, question));
            return new Wording(none, Wording.Style.UNKNOWN);
        }
        if (!decisions.isEmpty()) {
            return new Wording(decided(decisions, facts, language, format), Wording.Style.FINAL);
        }
        return new Wording(
                definition.answer().render(facts, language, format),
                definition.modelPhrased() ? Wording.Style.DRAFT : Wording.Style.FINAL);
    }

    /** The sentences of the strongest decisions; a decision without a sentence is a gap of the suite, not of the rule. */
    private String decided(List<Decision> decisions, List<Fact> facts, Language language, ValueFormat format) {
        List<String> sentences = new ArrayList<>();
        for (Decision decision : decisions) {
            Map<String, Object> values = new LinkedHashMap<>();
            facts.stream()
                    .filter(f -> decision.facts().isEmpty() || decision.facts().contains(f.id()))
                    .findFirst()
                    .ifPresent(f -> values.putAll(f.values()));
            values.putAll(decision.values());
            suite.phrase(decision.reason())
                    .map(p -> p.in(language).render(values, format))
                    .filter(s -> !sentences.contains(s))
                    .ifPresent(sentences::add);
        }
        if (sentences.isEmpty()) {
            throw new GraphException(
                    GraphError.SUITE,
                    "The suite " + suite.name() + " has no phrase for the reasons "
                            + decisions.stream().map(Decision::reason).toList() + ". Add them to phrases.yaml.");
        }
        return String.join(language == Language.CHINESE ? "" : " ", sentences);
    }

    @Override
    public String phrase(String key, Question question) {
        Map<String, Object> values = new LinkedHashMap<>();
        String name = key;
        if (key.startsWith(CLARIFY)) {
            name = "clarify";
            values.put("slot", key.substring(CLARIFY.length()).replaceAll("\\d$", ""));
        } else if (key.equals("clarify")) {
            name = "unclear";
        }
        return suite.phrase(name)
                .map(p -> p.in(question.language()).render(values, format(question.language())))
                .orElse("");
    }

    @Override
    public Verification verify(String text, Question question, Retrieval retrieval, List<Decision> decisions) {
        return ClaimChecker.check(
                text, question.text() + "\n" + retrieval.facts().size(), retrieval.facts(), decisions);
    }

    private IntentDefinition definition(Intent intent) {
        IntentDefinition definition = suite.intents().get(intent.name());
        if (definition == null) {
            throw new GraphException(
                    GraphError.UNKNOWN_INTENT,
                    "The suite " + suite.name() + " declares no intent '" + intent.name() + "'.");
        }
        return definition;
    }

    /** Reads names again after the graph was loaded anew. */
    public void refresh() {
        linker.refresh();
        options.clear();
        free.ifPresent(f -> f.queries().refresh());
        passages.ifPresent(PassagePath::refresh);
        readNames();
    }

    @Override
    public boolean healthy() {
        return store.healthy();
    }

    @Override
    public void close() {
        store.close();
    }
}
