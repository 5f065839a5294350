package dev.quipu.samples;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.quipu.testkit.ArchitectureRules;

/** Holds the walls of the framework, here because only the samples see all modules. */
@AnalyzeClasses(packages = "dev.quipu", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests WALLS = ArchTests.in(ArchitectureRules.class);
}
