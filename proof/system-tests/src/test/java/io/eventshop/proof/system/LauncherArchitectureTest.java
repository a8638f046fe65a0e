package io.eventshop.proof.system;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.eventshop.testkit.architecture.ArchitectureRules;

/// The demo is below this package too.
@AnalyzeClasses(packages = "io.eventshop.launcher", importOptions = DoNotIncludeTests.class)
class LauncherArchitectureTest {

    @ArchTest static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);
}
