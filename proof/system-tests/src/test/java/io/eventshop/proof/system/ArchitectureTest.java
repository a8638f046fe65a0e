package io.eventshop.proof.system;

import io.eventshop.testkit.architecture.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> the_demo_holds_the_rules() {
        return ArchitectureRules.hold("io.eventshop.launcher");
    }

    @TestFactory
    Stream<DynamicTest> the_proofs_hold_them() {
        return ArchitectureRules.hold("io.eventshop.proof");
    }
}
