package dev.quipu.testkit;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;

/**
 * The walls of the framework, each with its reason in its message.
 *
 * <p>A test that sees all modules runs them:
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "dev.quipu", importOptions = ImportOption.DoNotIncludeTests.class)
 * class ArchitectureTest {
 *     @ArchTest
 *     static final ArchTests WALLS = ArchTests.in(ArchitectureRules.class);
 * }
 * }</pre>
 */
public final class ArchitectureRules {
    @ArchTest
    public static final ArchRule MODULES_USE_ONLY_WHAT_LIES_BELOW = classes()
            .should(ModuleConditions.USE_ONLY_MODULES_BELOW)
            .because("arrows point down only (samples, server, runtime, api), so that each part is usable alone")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule NOBODY_IMPORTS_ANOTHER_MODULES_INTERNALS = classes()
            .should(ModuleConditions.NOT_USE_INTERNALS_OF_OTHERS)
            .because("what is internal may change without notice; ask for a public type instead")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule PACKAGES_HAVE_NO_CYCLES = SlicesRuleDefinition.slices()
            .assignedFrom(new PackageSlices())
            .should()
            .beFreeOfCycles()
            .because("packages in a cycle can only be understood, tested and moved together")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule VERTX_STAYS_IN_THE_RUNTIME = only(
            "io.vertx..",
            "the engine, the graph and the rules have to be usable without Vert.x",
            "runtime",
            "server",
            "connectors",
            "samples");

    @ArchTest
    public static final ArchRule NEO4J_STAYS_IN_THE_GRAPH =
            only("org.neo4j..", "the graph store is an implementation of the knowledge that everybody else sees", "kg");

    @ArchTest
    public static final ArchRule DROOLS_STAYS_IN_THE_RULES =
            only("org.drools..", "the rules are an implementation of the policy that everybody else sees", "rules");

    @ArchTest
    public static final ArchRule KIE_STAYS_IN_THE_RULES =
            only("org.kie..", "the rules are an implementation of the policy that everybody else sees", "rules");

    @ArchTest
    public static final ArchRule FOREIGN_MEMORY_STAYS_WITH_NATIVE_CODE = only(
            "java.lang.foreign..",
            "a wrong pointer ends the process, so few places may hold one",
            "llama",
            "training",
            "sandbox");

    @ArchTest
    public static final ArchRule PROCESSES_START_IN_FEW_PLACES = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ModuleMap.ROOT + ".sandbox..",
                    ModuleMap.ROOT + ".llama.catalog..",
                    ModuleMap.ROOT + ".llama.quantize..",
                    ModuleMap.ROOT + ".llama.worker..")
            .and()
            .resideOutsideOfPackage(ModuleMap.ROOT + ".server..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder")
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Runtime.class))).and(target(name("exec"))))
            .because(
                    "each place that starts a program is one that an attacker may steer; the sandbox, the model"
                            + " catalogue, the quantization, the isolated engine and the server's launcher and doctor are enough")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule NOBODY_SLEEPS = noClasses()
            .should()
            .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(name("sleep"))))
            .because("a sleep is too long on a fast machine and too short on a slow one; wait for the event itself")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule FAILURES_HAVE_A_TYPE = noClasses()
            .should()
            .callConstructorWhere(makesA(Set.of(RuntimeException.class, Exception.class, Throwable.class, Error.class)))
            .because("a caller must be able to tell failures apart; throw a QuipuException with a code of its own")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackages(ModuleMap.ROOT + ".server..", ModuleMap.ROOT + ".samples..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("a library logs by SLF4J; its user decides what is printed")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule NAMES_SAY_WHAT_A_TYPE_IS = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl)")
            .because("such a name says nothing; take the noun for what the type is")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule PACKAGES_ARE_NULL_MARKED = classes()
            .should(ModuleConditions.RESIDE_IN_A_NULL_MARKED_PACKAGE)
            .because("without the mark NullAway does not look at a package, and every value in it may be null")
            .allowEmptyShould(true);

    private ArchitectureRules() {}

    private static ArchRule only(String packages, String reason, String... modules) {
        String[] allowed = new String[modules.length];
        for (int i = 0; i < modules.length; i++) {
            allowed[i] = ModuleMap.ROOT + "." + modules[i] + "..";
        }
        return noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packages)
                .because(reason)
                .allowEmptyShould(true);
    }

    /** Leaves out the calls by which a subclass constructs its own superclass part. */
    private static DescribedPredicate<JavaConstructorCall> makesA(Set<Class<?>> types) {
        return DescribedPredicate.describe(
                "makes an exception without a type of its own",
                call -> types.stream().anyMatch(call.getTargetOwner()::isEquivalentTo)
                        && !(call.getOrigin().isConstructor()
                                && call.getOriginOwner()
                                        .getRawSuperclass()
                                        .filter(call.getTargetOwner()::equals)
                                        .isPresent()));
    }
}
