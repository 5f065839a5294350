package dev.quipu.rules;

import dev.quipu.Decision;
import dev.quipu.PolicyRequest;
import dev.quipu.QuipuException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.drools.core.impl.RuleBaseFactory;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.drools.modelcompiler.constraints.ConstraintEvaluationException;
import org.kie.api.KieBase;
import org.kie.api.definition.rule.Rule;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;

/** Compiled rules, ready to decide. Thread-safe: each decision has a session of its own. */
final class RuleBase {
    private final KieBase base;
    private final String key;

    private RuleBase(KieBase base, String key) {
        this.base = base;
        this.key = key;
    }

    /**
     * @param key tells these rules from other ones
     * @param parent finds the classes that rules import
     * @throws ReflectiveOperationException if the classes do not belong to this Drools or these facts
     */
    static RuleBase of(CompiledRules rules, String key, ClassLoader parent) throws ReflectiveOperationException {
        RuleClassLoader loader = new RuleClassLoader(rules.classes(), parent);
        List<Model> models = new ArrayList<>();
        for (String name : rules.models()) {
            models.add((Model) loader.loadClass(name).getDeclaredConstructor().newInstance());
        }
        KieBase base = KieBaseBuilder.createKieBaseFromModel(
                models, RuleBaseFactory.newKnowledgeBaseConfiguration(null, loader));
        return new RuleBase(base, key);
    }

    String key() {
        return key;
    }

    List<String> ruleNames() {
        return base.getKiePackages().stream()
                .flatMap(part -> part.getRules().stream())
                .map(Rule::getName)
                .sorted()
                .toList();
    }

    List<Decision> decide(PolicyRequest request, Today today, int fireLimit, Duration deadline) {
        Decisions decisions = new Decisions();
        FiringWatch watch = new FiringWatch(decisions, fireLimit, deadline);
        KieSession session = base.newKieSession();
        try {
            session.setGlobal("decisions", decisions);
            session.addEventListener(watch);
            session.insert(Request.of(request));
            session.insert(today);
            request.mentions().forEach(mention -> session.insert(Slot.of(mention)));
            request.facts().forEach(fact -> session.insert(Known.of(fact)));
            session.fireAllRules();
            return decisions.strongestFirst();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw failure(request.topic(), e);
        } finally {
            session.dispose();
        }
    }

    private static QuipuException failure(String topic, Throwable e) {
        if (e instanceof RulesException stopped) {
            return stopped;
        }
        String where = e instanceof ConsequenceException thrown
                ? "The consequence of rule \"" + thrown.getRule().getName() + "\""
                : "A condition";
        Throwable root = e;
        while (root.getCause() != null && !(root instanceof QuipuException)) {
            if (root instanceof ConstraintEvaluationException condition) {
                where = "A condition (" + condition.getMessage() + ")";
            }
            root = root.getCause();
        }
        String why = root instanceof QuipuException known ? known.getMessage() : root + ". Correct the rule.";
        return new RulesException(RulesError.RULE_FAILED, "%s failed on topic %s: %s".formatted(where, topic, why), e);
    }
}
