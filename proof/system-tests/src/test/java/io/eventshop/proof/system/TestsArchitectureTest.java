package io.eventshop.proof.system;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.eventshop.testkit.architecture.ArchitectureRules;

/// The tests name no broker's types either: another broker passes the same ones.
@AnalyzeClasses(packages = "io.eventshop.proof", importOptions = OnlyIncludeTests.class)
class TestsArchitectureTest {

    @ArchTest
    static final ArchRule KAFKA_STAYS_BEHIND_THE_SEAM =
            ArchitectureRules.KAFKA_STAYS_BEHIND_THE_SEAM;
}
