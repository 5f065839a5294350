package dev.quipu.rules;

import dev.quipu.ApiError;
import dev.quipu.Decision;
import dev.quipu.Identity;
import dev.quipu.Language;
import dev.quipu.Policy;
import dev.quipu.PolicyRequest;
import dev.quipu.Question;
import dev.quipu.QuipuException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A policy whose rules are DRL files, run by Drools.
 *
 * <p>Each decision runs all rules once over the {@link Request}, its {@link Slot}s, the {@link Known} facts and
 * {@link Today}; what rules state to {@link Decisions} comes back, strongest first. A rule that fails, fires endlessly
 * or runs too long fails the decision, and the request must not be served.
 *
 * <p>The deadline is checked whenever a rule fires: rules that set each other off are stopped, Java code that never
 * returns is not. That is why loops are refused when rules are compiled.
 *
 * <p>Thread-safe. {@link #decide} blocks for well under a millisecond once warm; building and {@link #reload} take
 * seconds without a {@linkplain Builder#cache cache}. Neither belongs on an event loop.
 */
public final class DroolsPolicy implements Policy {
    private static final Logger LOG = LoggerFactory.getLogger(DroolsPolicy.class);

    private final RuleSettings settings;
    private final RuleCompiler compiler;
    private final ClassLoader loader;
    private final ReentrantLock reloading = new ReentrantLock();
    private volatile @Nullable RuleBase base;

    private DroolsPolicy(RuleSettings settings) {
        this.settings = settings;
        this.loader = DroolsPolicy.class.getClassLoader();
        this.compiler = new RuleCompiler(settings.packages(), loader);
        this.base = build(settings.sources());
    }

    /**
     * The policy of all {@code *.drl} files in a folder and its sub-folders, without a cache and on the system's date.
     *
     * @throws RulesException if there are none, or they do not compile; it lists every file and line
     */
    public static DroolsPolicy of(Path folder) {
        return builder().folder(folder).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public List<Decision> decide(PolicyRequest request) {
        Today today = new Today(LocalDate.now(settings.clock()));
        return open().decide(request, today, settings.fireLimit(), settings.deadline());
    }

    /**
     * Loads what the first decision would load. Call it before the first customer waits for it, on any thread.
     *
     * @throws RulesException if a rule fails on a visitor who asks for nothing
     */
    public void warmUp() {
        Question nothing = new Question("warm-up", new Identity.Anonymous("warm-up"), "", Language.ENGLISH);
        decide(new PolicyRequest(PolicyRequest.ACCESS, nothing, List.of(), List.of()));
    }

    /**
     * Reads the rules again and puts them in place at once for all decisions that start afterwards; running ones end
     * with the rules they began with.
     *
     * @return whether the rules had changed
     * @throws RulesException if the new rules do not compile; the old ones then stay in place
     */
    public boolean reload() {
        reloading.lock();
        try {
            RuleBase old = open();
            List<RuleSource> sources = settings.sources();
            if (RuleCache.key(sources).equals(old.key())) {
                return false;
            }
            base = build(sources);
            LOG.atInfo().addKeyValue("rules", ruleNames().size()).log("rules reloaded");
            return true;
        } finally {
            reloading.unlock();
        }
    }

    /** The names of all rules, in alphabetical order. */
    public List<String> ruleNames() {
        return open().ruleNames();
    }

    @Override
    public void close() {
        base = null;
    }

    private RuleBase open() {
        RuleBase current = base;
        if (current == null) {
            throw new QuipuException(ApiError.CLOSED, "The policy is closed. Build a new one.");
        }
        return current;
    }

    private RuleBase build(List<RuleSource> sources) {
        String key = RuleCache.key(sources);
        return cached(key).orElseGet(() -> compiled(sources, key));
    }

    private Optional<RuleBase> cached(String key) {
        Optional<CompiledRules> rules = cache().flatMap(cache -> cache.read(key));
        try {
            return rules.isEmpty() ? Optional.empty() : Optional.of(RuleBase.of(rules.get(), key, loader));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.atWarn().setCause(e).log("cached rules do not load; compiling instead");
            return Optional.empty();
        }
    }

    private RuleBase compiled(List<RuleSource> sources, String key) {
        CompiledRules rules = compiler.compile(sources);
        try {
            RuleBase built = RuleBase.of(rules, key, loader);
            cache().ifPresent(cache -> cache.write(key, rules));
            return built;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw new RulesException(RulesError.COMPILE, "The compiled rules do not load: " + e, e);
        }
    }

    /** None where rules use other packages: the key of a cached file does not know whether those have changed. */
    private Optional<RuleCache> cache() {
        return settings.packages().isEmpty() ? settings.cache().map(RuleCache::new) : Optional.empty();
    }

    /** Collects what a policy is built from. Rules are required: a folder, texts, or both. */
    public static final class Builder {
        private static final int DEFAULT_FIRE_LIMIT = 10_000;
        private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(1);

        private final List<Path> folders = new ArrayList<>();
        private final List<RuleSource> texts = new ArrayList<>();
        private final Set<String> packages = new HashSet<>();
        private int fireLimit = DEFAULT_FIRE_LIMIT;
        private Duration deadline = DEFAULT_DEADLINE;
        private Clock clock = Clock.system(ZoneId.systemDefault());
        private Optional<Path> cache = Optional.empty();

        private Builder() {}

        /** Adds all {@code *.drl} files of a folder and its sub-folders. */
        public Builder folder(Path folder) {
            folders.add(folder);
            return this;
        }

        /**
         * Adds rules as text.
         *
         * @param name what problems call it
         */
        public Builder rules(String name, String drl) {
            texts.add(new RuleSource(name, drl));
            return this;
        }

        /** How often rules may fire in one decision; 10,000 if not set. */
        public Builder fireLimit(int times) {
            if (times < 1) {
                throw new QuipuException(
                        ApiError.MALFORMED, "The fire limit is " + times + ". Pass at least 1, as rules have to fire.");
            }
            fireLimit = times;
            return this;
        }

        /** How long one decision may take; a second if not set. */
        public Builder deadline(Duration time) {
            if (!time.isPositive()) {
                throw new QuipuException(ApiError.MALFORMED, "The deadline is " + time + ". Pass a positive duration.");
            }
            deadline = time;
            return this;
        }

        /** Gives the date of {@link Today}; the system's clock and time zone if not set. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /**
         * Keeps compiled rules in a folder, which shortens the next start. Nobody else may write to it: what lies there
         * runs. Not used for rules with {@linkplain #allowPackage other packages}.
         */
        public Builder cache(Path folder) {
            cache = Optional.of(folder);
            return this;
        }

        /** Lets rules use the classes of a package, such as {@code com.example.pricing}, without its sub-packages. */
        public Builder allowPackage(String name) {
            packages.add(name);
            return this;
        }

        /** @throws RulesException if there are no rules, or they do not compile; it lists every file and line */
        public DroolsPolicy build() {
            if (folders.isEmpty() && texts.isEmpty()) {
                throw new RulesException(RulesError.SOURCES, "The policy has no rules. Pass a folder or a text.");
            }
            return new DroolsPolicy(new RuleSettings(folders, texts, packages, fireLimit, deadline, clock, cache));
        }
    }
}
