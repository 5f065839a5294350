package dev.quipu.testkit;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;

/** What rules say about modules. */
final class ModuleConditions {
    static final ArchCondition<JavaClass> USE_ONLY_MODULES_BELOW = dependOnlyWhere(
            "use only modules below their own",
            dependency -> ModuleMap.mayUse(
                    ModuleMap.moduleOf(dependency.getOriginClass()), ModuleMap.moduleOf(dependency.getTargetClass())));

    static final ArchCondition<JavaClass> NOT_USE_INTERNALS_OF_OTHERS = dependOnlyWhere(
            "not use the internals of another module",
            dependency -> !PackageSlices.isInternal(dependency.getTargetClass().getPackageName())
                    || ModuleMap.moduleOf(dependency.getOriginClass())
                            .equals(ModuleMap.moduleOf(dependency.getTargetClass())));

    static final ArchCondition<JavaClass> RESIDE_IN_A_NULL_MARKED_PACKAGE =
            new ArchCondition<>("reside in a package with @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                    if (!marked) {
                        events.add(SimpleConditionEvent.violated(
                                type,
                                type.getName() + " resides in " + type.getPackageName()
                                        + ", whose package-info.java has no @NullMarked"));
                    }
                }
            };

    private ModuleConditions() {}

    private static ArchCondition<JavaClass> dependOnlyWhere(String description, Predicate<Dependency> allowed) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    if (ModuleMap.contains(dependency.getTargetClass()) && !allowed.test(dependency)) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }
}
