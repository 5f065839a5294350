package dev.quipu.kg.text;

/** What a ranking sees of a passage. Features of links and walks need a stage before that says which passages are good. */
enum Feature {
    /** BM25, as a share of the best passage's. */
    WORDS(Kind.LEXICAL),
    WORDS_RANK(Kind.LEXICAL),
    /** How far BM25 stands out of all passages', in standard deviations. */
    WORDS_SPREAD(Kind.LEXICAL),
    COSINE(Kind.DENSE),
    COSINE_GAP(Kind.DENSE),
    COSINE_RANK(Kind.DENSE),
    COSINE_SPREAD(Kind.DENSE),
    /** The share of the question's terms, by rarity, that the passage holds. */
    COVERAGE(Kind.LEXICAL),
    /** The same of its best sentence. */
    SENTENCE_COVERAGE(Kind.LEXICAL),
    /** The share of its title's terms that the question holds. */
    TITLE_COVERAGE(Kind.LEXICAL),
    /** Whether the question names its title, less where others share it. */
    TITLE_NAMED(Kind.LEXICAL),
    LENGTH(Kind.LEXICAL),
    /** A good passage mentions its title. */
    LINKED(Kind.LINK),
    /** It mentions the title of a good passage. */
    LINKS_BACK(Kind.LINK),
    /** It shares a rare entity with a good passage. */
    SHARES(Kind.LINK),
    /** The last two, by what of the question it holds that the good passage lacks. */
    BACK_RESIDUAL(Kind.LINK),
    SHARES_RESIDUAL(Kind.LINK),
    /** A shared entity, by what of the question stands in the sentence that mentions it. */
    SHARES_SENTENCE(Kind.LINK),
    /** Linked, by how near the vectors are. */
    LINKED_SIMILAR(Kind.DENSE_LINK),
    /** The nearest of the best passages. */
    NEAR_BEST(Kind.DENSE_LINK),
    /** Linked, by how near the question is once the good passage's part is taken out of it. */
    RESIDUAL_COSINE(Kind.DENSE_LINK),
    /** What of the question it holds that the best passage lacks. */
    RESIDUAL(Kind.LINK),
    /** Personalised PageRank from the good passages and the question's entities. */
    WALK(Kind.LINK),
    WALK_LOG(Kind.LINK),
    /** The score of the stage before. */
    BEFORE(Kind.LINK);

    /** What a feature needs. */
    enum Kind {
        LEXICAL,
        DENSE,
        LINK,
        DENSE_LINK
    }

    private final Kind kind;

    Feature(Kind kind) {
        this.kind = kind;
    }

    /** Where it stands in the features of a candidate. */
    @SuppressWarnings("EnumOrdinal") // the order is kept nowhere: rankings are stored by name
    int at() {
        return ordinal();
    }

    /** Whether a stage may use it. */
    boolean usable(boolean vectors, int stage) {
        return switch (kind) {
            // With vectors, the rank and spread of BM25 only repeat its share.
            case LEXICAL -> !vectors || (this != WORDS_RANK && this != WORDS_SPREAD);
            case DENSE -> vectors;
            case LINK -> stage > 0 && (this != BEFORE || stage > 1);
            case DENSE_LINK -> vectors && stage > 0;
        };
    }
}
