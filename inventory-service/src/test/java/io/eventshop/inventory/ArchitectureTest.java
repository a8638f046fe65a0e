package io.eventshop.inventory;

import io.eventshop.testkit.architecture.ArchitectureRules;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> architecture() {
        return ArchitectureRules.hold("io.eventshop.inventory");
    }
}
