package io.eventshop.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

class ArchitectureRulesTest {

    private static final JavaClasses ROGUES =
            new ClassFileImporter()
                    .importPackages(
                            "io.eventshop.contracts.rogue",
                            "io.eventshop.messaging.internal.rogue",
                            "io.eventshop.messaging.kafka.rogue",
                            "io.eventshop.messaging.rogue",
                            "io.eventshop.messaging.transport.rogue",
                            "io.eventshop.proof.rogue",
                            "io.eventshop.web.rogue",
                            "io.eventshop.rogue",
                            "io.eventshop.rival");

    static Stream<Arguments> rulesAndWhoBreaksThem() {
        return Stream.of(
                arguments(
                        ArchitectureRules.CONTRACTS_KNOW_ONLY_THE_JDK, "ContractThatKnowsJackson"),
                arguments(
                        ArchitectureRules.MESSAGING_KNOWS_NO_SERVICE, "MessagingThatKnowsAService"),
                arguments(ArchitectureRules.WEB_KNOWS_NO_SERVICE, "WebThatKnowsAService"),
                arguments(ArchitectureRules.LIBRARIES_KNOW_NO_SHOP, "MessagingThatKnowsAnEvent"),
                arguments(ArchitectureRules.LIBRARIES_KNOW_NO_SHOP, "WebThatKnowsTheCatalog"),
                arguments(
                        ArchitectureRules.MESSAGING_IS_KNOWN_BY_ITS_FACE,
                        "ServiceThatKnowsMachinery"),
                arguments(
                        ArchitectureRules.MESSAGING_IS_KNOWN_BY_ITS_FACE, "WebThatKnowsMachinery"),
                arguments(ArchitectureRules.THE_SEAM_KNOWS_NO_BROKER, "SeamThatKnowsABroker"),
                arguments(
                        ArchitectureRules.A_TRANSPORT_KNOWS_ONLY_THE_SEAM,
                        "TransportThatKnowsTheInbox"),
                arguments(
                        ArchitectureRules.SERVICES_KNOW_NO_OTHER_SERVICE,
                        "ServiceThatKnowsAnother"),
                arguments(ArchitectureRules.DOMAIN_KNOWS_NO_FRAMEWORK, "RecordThatKnowsSpring"),
                arguments(ArchitectureRules.ADAPTERS_GET_VIEWS, "ControllerThatKnowsJdbc"),
                arguments(ArchitectureRules.ADAPTERS_GET_VIEWS, "ControllerThatKnowsAnEntity"),
                arguments(ArchitectureRules.ADAPTERS_GET_VIEWS, "ControllerThatKnowsARepository"),
                arguments(ArchitectureRules.KAFKA_STAYS_BEHIND_THE_SEAM, "ListenerOfKafka"),
                arguments(
                        ArchitectureRules.KAFKA_STAYS_BEHIND_THE_SEAM,
                        "MessagingThatKnowsATransport"),
                arguments(ArchitectureRules.KAFKA_STAYS_BEHIND_THE_SEAM, "ToolThatKnowsKafka"),
                arguments(ArchitectureRules.TIME_AND_CHANCE_COME_IN, "ClockMaker"),
                arguments(ArchitectureRules.TIME_AND_CHANCE_COME_IN, "IdMaker"),
                arguments(ArchitectureRules.TIME_AND_CHANCE_COME_IN, "Sleeper"),
                arguments(ArchitectureRules.NO_FIELD_INJECTION, "FieldInjected"),
                arguments(ArchitectureRules.NO_CYCLES, "rogue.circle.one"),
                arguments(ArchitectureRules.NULL_MARKED, "InAnUnmarkedPackage"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("rulesAndWhoBreaksThem")
    void a_rule_sees_the_class_that_breaks_it(ArchRule rule, String rogue) {
        assertThatThrownBy(() -> rule.check(ROGUES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(rogue);
    }

    @Test
    void the_libraries_may_know_what_an_event_is() {
        assertThatThrownBy(() -> ArchitectureRules.LIBRARIES_KNOW_NO_SHOP.check(ROGUES))
                .message()
                .doesNotContain("io.eventshop.contracts.EventCatalog>");
    }

    /// Each module looks at its own classes only.
    @Test
    void another_service_is_seen_though_its_classes_are_not_looked_at() {
        var one = new ClassFileImporter().importPackages("io.eventshop.rogue");

        assertThatThrownBy(() -> ArchitectureRules.SERVICES_KNOW_NO_OTHER_SERVICE.check(one))
                .hasMessageContaining("ServiceThatKnowsAnother");
    }

    @Test
    void no_rule_goes_unproven() {
        var proven =
                rulesAndWhoBreaksThem().map(arguments -> (ArchRule) arguments.get()[0]).toList();

        assertThat(rules())
                .map(rule ->
                        ReflectionSupport.tryToReadFieldValue(rule, null)
                                .toOptional()
                                .orElseThrow())
                .containsExactlyInAnyOrderElementsOf(Set.copyOf(proven));
    }

    @Test
    void every_rule_is_applied() {
        assertThat(rules())
                .allSatisfy(rule ->
                        assertThat(rule.isAnnotationPresent(ArchTest.class))
                                .as(rule.getName())
                                .isTrue());
    }

    private static List<Field> rules() {
        return ReflectionSupport.findFields(
                ArchitectureRules.class,
                field -> field.getType().equals(ArchRule.class),
                HierarchyTraversalMode.TOP_DOWN);
    }

    @Test
    void a_package_without_classes_proves_nothing_and_is_refused() {
        var nothing = new ClassFileImporter().importPackages("io.eventshop.nowhere");

        ArchitectureRules.NO_FIELD_INJECTION.check(nothing);
        assertThatThrownBy(() -> ArchitectureRules.NULL_MARKED.check(nothing))
                .isInstanceOf(AssertionError.class);
    }
}
