package io.eventshop.messaging;

import io.eventshop.testkit.architecture.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> the_rules_hold() {
        return ArchitectureRules.hold("io.eventshop.messaging");
    }
}
