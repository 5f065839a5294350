package dev.quipu.rules;

import dev.quipu.Decision;
import dev.quipu.Policy;
import dev.quipu.PolicyRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.runtime.KieSession;

/**
 * A policy in Drools rules.
 *
 * <p>Rules see {@link Request}, {@link Slot} and {@link Known} facts and speak through the global {@link Decisions}. They
 * are compiled when the policy is made: a rule that does not compile is an error with its file and line. Each decision
 * runs in a session of its own, so the policy is thread-safe; a session that fires more often than the limit is stopped.
 */
public final class DroolsPolicy implements Policy {
    private static final int FIRE_LIMIT = 10_000;
    private static final String FOLDER = "src/main/resources/quipu/policy/";

    private final Path folder;
    private final Clock clock;
    private volatile KieBase base;

    private DroolsPolicy(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.base = compile(RuleSources.read(folder));
    }

    /**
     * Compiles the {@code *.drl} files of a folder, which belong to the package {@code quipu.policy}.
     *
     * @param clock says what day it is for rules about periods
     * @throws RulesException if they cannot be read or do not compile
     */
    public static DroolsPolicy of(Path folder, Clock clock) {
        return new DroolsPolicy(folder, clock);
    }

    /** Compiles the files again. When they do not compile the rules stay as they are and the error is thrown. */
    public void reload() {
        base = compile(RuleSources.read(folder));
    }

    private static KieBase compile(Map<String, String> sources) {
        RuleSources.check(sources);
        KieServices services = KieServices.Factory.get();
        KieFileSystem files = services.newKieFileSystem();
        sources.forEach((name, text) -> files.write(FOLDER + name, text));
        // Without drools-mvel a plain buildAll() fails; the executable model needs no other dialect.
        KieBuilder builder = services.newKieBuilder(files).buildAll(ExecutableModelProject.class);
        List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
        if (!errors.isEmpty()) {
            throw new RulesException(
                    RulesError.SYNTAX,
                    errors.stream()
                                    .map(e -> CompileMessage.describe(e, sources))
                                    .distinct()
                                    .collect(Collectors.joining("; "))
                            + ".");
        }
        return services.newKieContainer(builder.getKieModule().getReleaseId()).getKieBase();
    }

    @Override
    public List<Decision> decide(PolicyRequest request) {
        Decisions decisions = new Decisions();
        KieSession session = base.newKieSession();
        try {
            session.setGlobal("decisions", decisions);
            session.addEventListener(decisions);
            session.insert(Request.of(request, clock));
            request.mentions().forEach(m -> session.insert(new Slot(m.slot(), m.id(), m.name())));
            request.facts().forEach(f -> session.insert(new Known(f)));
            int fired = session.fireAllRules(FIRE_LIMIT);
            if (fired >= FIRE_LIMIT) {
                throw new RulesException(
                        RulesError.ENDLESS,
                        "The rules on '" + request.topic() + "' fired " + FIRE_LIMIT + " times. Make them end.");
            }
        } catch (RulesException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RulesException(
                    RulesError.FAILED, "A rule on '" + request.topic() + "' failed: " + e.getMessage() + ".", e);
        } finally {
            session.dispose();
        }
        return decisions.sorted();
    }
}
