package dev.quipu.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.quipu.kg.fixture.GraphHelper;
import dev.quipu.kg.fixture.HoldsMemory;
import dev.quipu.kg.fixture.HoldsVertx;
import dev.quipu.kg.fixture.LooksUp;
import dev.quipu.kg.fixture.Prints;
import dev.quipu.kg.fixture.Round;
import dev.quipu.kg.fixture.Sleeps;
import dev.quipu.kg.fixture.StartsPrograms;
import dev.quipu.kg.fixture.ThrowsBare;
import dev.quipu.kg.fixture.Typed;
import dev.quipu.kg.fixture.cycle.Trip;
import dev.quipu.runtime.fixture.Flow;
import dev.quipu.runtime.fixture.HoldsStore;
import dev.quipu.runtime.fixture.Opened;
import dev.quipu.runtime.fixture.internal.Hidden;
import dev.quipu.server.fixture.Curious;
import dev.quipu.unmarked.fixture.Plain;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureRulesTest {
    @ParameterizedTest
    @MethodSource("breaches")
    void findsABreachAndSaysWhyItIsOne(ArchRule rule, String reason, List<Class<?>> types)
            throws ReflectiveOperationException {
        EvaluationResult result = rule.evaluate(load(types));

        assertThat(result.hasViolation()).isTrue();
        assertThat(result.getFailureReport().toString()).contains("because").contains(reason);
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                breach(ArchitectureRules.MODULES_USE_ONLY_WHAT_LIES_BELOW, "arrows point down", LooksUp.class),
                breach(ArchitectureRules.NOBODY_IMPORTS_ANOTHER_MODULES_INTERNALS, "internal", Curious.class),
                breach(ArchitectureRules.PACKAGES_HAVE_NO_CYCLES, "cycle", Round.class, Trip.class),
                breach(ArchitectureRules.VERTX_STAYS_IN_THE_RUNTIME, "without Vert.x", HoldsVertx.class),
                breach(ArchitectureRules.NEO4J_STAYS_IN_THE_GRAPH, "graph store", HoldsStore.class),
                breach(ArchitectureRules.FOREIGN_MEMORY_STAYS_WITH_NATIVE_CODE, "pointer", HoldsMemory.class),
                breach(ArchitectureRules.PROCESSES_START_IN_FEW_PLACES, "program", StartsPrograms.class),
                breach(ArchitectureRules.NOBODY_SLEEPS, "wait for the event", Sleeps.class),
                breach(ArchitectureRules.FAILURES_HAVE_A_TYPE, "tell failures apart", ThrowsBare.class),
                breach(ArchitectureRules.ONLY_THE_COMMAND_LINE_PRINTS, "SLF4J", Prints.class),
                breach(ArchitectureRules.NAMES_SAY_WHAT_A_TYPE_IS, "says nothing", GraphHelper.class),
                breach(ArchitectureRules.PACKAGES_ARE_NULL_MARKED, "NullAway", Plain.class));
    }

    @Test
    void letsSoundCodePass() throws ReflectiveOperationException {
        JavaClasses sound = load(List.of(
                Flow.class,
                Opened.class,
                Hidden.class,
                Typed.class,
                dev.quipu.kg.fixture.HoldsStore.class,
                ScriptedChatModel.class));

        for (ArchRule rule : rules()) {
            assertThat(rule.evaluate(sound).getFailureReport().getDetails())
                    .as(rule.getDescription())
                    .isEmpty();
        }
    }

    @Test
    void givesEveryRuleAReason() throws IllegalAccessException {
        assertThat(rules())
                .hasSizeGreaterThan(12)
                .allMatch(rule -> rule.getDescription().contains("because"));
    }

    /** Imports classes with what says how their packages are marked. */
    private static JavaClasses load(List<Class<?>> types) throws ReflectiveOperationException {
        List<Class<?>> all = new ArrayList<>(types);
        for (Class<?> type : types) {
            if (!type.equals(Plain.class)) {
                all.add(Class.forName(type.getPackageName() + ".package-info"));
            }
        }
        return new ClassFileImporter().importClasses(all);
    }

    private static List<ArchRule> rules() throws IllegalAccessException {
        List<ArchRule> rules = new ArrayList<>();
        for (Field field : ArchitectureRules.class.getFields()) {
            rules.add((ArchRule) field.get(null));
        }
        return rules;
    }

    private static Arguments breach(ArchRule rule, String reason, Class<?>... types) {
        return Arguments.of(rule, reason, List.of(types));
    }
}
