package io.eventshop.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.Dependency.Predicates.dependencyTarget;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.AndFullName.Predicates.fullNameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyHaveDependenciesWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.eventshop.testkit.architecture.Layers.ADAPTERS;
import static io.eventshop.testkit.architecture.Layers.DOMAIN;
import static io.eventshop.testkit.architecture.Layers.EDGES;
import static io.eventshop.testkit.architecture.Layers.ENTITIES;
import static io.eventshop.testkit.architecture.Layers.SERVICES;
import static io.eventshop.testkit.architecture.Layers.WITHIN_A_MODULE;
import static io.eventshop.testkit.architecture.Layers.WITHIN_A_PACKAGE;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.jspecify.annotations.NullMarked;

/// Who may know whom. Every module applies all rules to its own classes:
///
/// ```java
/// @AnalyzeClasses(packages = "io.eventshop.orders", importOptions = DoNotIncludeTests.class)
/// class ArchitectureTest {
///
///     @ArchTest static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);
/// }
/// ```
///
/// A rule about classes that a module does not have holds there; but where there are no classes at
/// all, nothing would be proven, and [#NULL_MARKED] fails.
public final class ArchitectureRules {

    /// The time, chance and sleep that a test could not control.
    private static final String AMBIENT =
            "java\\.time\\..+\\.now\\(\\)"
                    + "|java\\.util\\.UUID\\.randomUUID\\(\\)"
                    + "|java\\.lang\\.(System\\.currentTimeMillis|Math\\.random)\\(\\)"
                    + "|java\\.lang\\.Thread\\.sleep\\(.+\\)";

    @ArchTest
    static final ArchRule CONTRACTS_KNOW_ONLY_THE_JDK =
            none(
                    resideInAPackage("io.eventshop.contracts.."),
                    resideOutsideOfPackages("io.eventshop.contracts..", "java..", "org.jspecify.."),
                    "contracts know only the JDK and JSpecify");

    @ArchTest
    static final ArchRule MESSAGING_KNOWS_NO_SERVICE =
            none(
                    resideInAPackage("io.eventshop.messaging.."),
                    resideOutsideOfPackages("io.eventshop.messaging..", "io.eventshop.contracts..")
                            .and(resideInAPackage("io.eventshop..")),
                    "messaging knows the contracts and nothing else of Event Shop");

    @ArchTest
    static final ArchRule WEB_KNOWS_NO_SERVICE =
            none(resideInAPackage("io.eventshop.web.."), SERVICES, "shared-web knows no service");

    @ArchTest
    static final ArchRule LIBRARIES_KNOW_NO_SHOP =
            none(
                    resideInAnyPackage("io.eventshop.messaging..", "io.eventshop.web.."),
                    resideInAPackage("io.eventshop.contracts.*.."),
                    "the libraries know what an event is, but none of the shop's");

    @ArchTest
    static final ArchRule MESSAGING_IS_KNOWN_BY_ITS_FACE =
            none(
                    SERVICES.or(resideInAPackage("io.eventshop.web..")),
                    resideInAnyPackage(
                            "io.eventshop.messaging.internal..",
                            "io.eventshop.messaging.transport.."),
                    "services and shared-web know messaging by its face, not its machinery");

    @ArchTest
    static final ArchRule THE_SEAM_KNOWS_NO_BROKER =
            none(
                    resideInAPackage("io.eventshop.messaging.transport.."),
                    resideOutsideOfPackages(
                            "io.eventshop.messaging.transport..",
                            "io.eventshop.contracts..",
                            "java..",
                            "org.jspecify.."),
                    "the seam to the broker knows the contracts, the JDK and JSpecify");

    @ArchTest
    static final ArchRule A_TRANSPORT_KNOWS_ONLY_THE_SEAM =
            none(
                    resideInAPackage("io.eventshop.messaging.kafka.."),
                    resideOutsideOfPackages(
                                    "io.eventshop.messaging.kafka..",
                                    "io.eventshop.messaging.transport..",
                                    "io.eventshop.contracts")
                            .and(resideInAPackage("io.eventshop..")),
                    "a transport knows the seam and what a topic is, and no more of Event Shop");

    @ArchTest
    static final ArchRule SERVICES_KNOW_NO_OTHER_SERVICE =
            classes()
                    .that(SERVICES)
                    .should(
                            onlyHaveDependenciesWhere(
                                    dependencyTarget(not(SERVICES)).or(WITHIN_A_MODULE)))
                    .as("services speak by events: none knows a class of another");

    private static final DescribedPredicate<JavaClass> DOMAIN_MAY_KNOW =
            resideInAnyPackage(
                    "java..",
                    "jakarta.persistence..",
                    "org.jspecify..",
                    "io.eventshop.contracts..");

    @ArchTest
    static final ArchRule DOMAIN_KNOWS_NO_FRAMEWORK =
            classes()
                    .that(DOMAIN)
                    .should(
                            onlyHaveDependenciesWhere(
                                    dependencyTarget(DOMAIN_MAY_KNOW).or(WITHIN_A_PACKAGE)))
                    .as(
                            "entities, records and enums know the JDK, jakarta.persistence,"
                                    + " JSpecify, the contracts and their own package");

    @ArchTest
    static final ArchRule ADAPTERS_GET_VIEWS =
            none(
                    ADAPTERS,
                    ENTITIES.or(assignableTo("org.springframework.data.repository.Repository"))
                            .or(
                                    resideInAnyPackage(
                                            "jakarta.persistence..",
                                            "org.springframework.jdbc..",
                                            "org.springframework.data..")),
                    "web and messaging adapters call services and get views");

    /// For tests as well.
    @ArchTest
    public static final ArchRule KAFKA_STAYS_BEHIND_THE_SEAM =
            none(
                    not(
                            resideInAnyPackage(
                                    "io.eventshop.messaging.kafka..",
                                    "io.eventshop.launcher.servers..")),
                    resideInAnyPackage(
                            "org.apache.kafka..",
                            "org.springframework.kafka..",
                            "org.springframework.boot.kafka..",
                            "io.eventshop.messaging.kafka.."),
                    "types of Kafka, and of its transport, only in messaging's kafka package and in the"
                            + " launcher's servers");

    @ArchTest
    static final ArchRule TIME_AND_CHANCE_COME_IN =
            noClasses()
                    .that(not(EDGES))
                    .should()
                    .callCodeUnitWhere(target(fullNameMatching(AMBIENT)))
                    .as(
                            "clock and ids come in; nobody sleeps (System.nanoTime is a stopwatch"
                                    + " and allowed)");

    @ArchTest
    static final ArchRule NO_FIELD_INJECTION =
            noFields()
                    .should(GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
                    .orShould()
                    .beAnnotatedWith("jakarta.persistence.PersistenceContext")
                    .as("what a class needs comes in by its constructor");

    /// The catalog, auto-configurations and main classes put together what lies in the packages
    /// below them, which know the package above: these alone may look down.
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.eventshop.(**)")
                    .should()
                    .beFreeOfCycles()
                    .ignoreDependency(
                            describe("put together", ArchitectureRules::putsTogether), alwaysTrue())
                    .as("no cycles between packages");

    @ArchTest
    static final ArchRule NULL_MARKED =
            classes()
                    .should(be(describe("null-marked by package", ArchitectureRules::isNullMarked)))
                    .as("every package is @NullMarked")
                    .allowEmptyShould(false);

    private ArchitectureRules() {}

    private static ArchRule none(
            DescribedPredicate<JavaClass> classes,
            DescribedPredicate<JavaClass> known,
            String description) {
        return noClasses().that(classes).should().dependOnClassesThat(known).as(description);
    }

    private static boolean isNullMarked(JavaClass type) {
        return type.getPackage().isAnnotatedWith(NullMarked.class);
    }

    private static boolean putsTogether(JavaClass type) {
        return type.tryGetMethod("main", String[].class).isPresent()
                || type.getSimpleName().equals("ShopEvents")
                || type.isAnnotatedWith("org.springframework.boot.autoconfigure.AutoConfiguration");
    }
}
