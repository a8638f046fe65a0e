package io.eventshop.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;

/// Who may know whom. Every module applies all rules to its own classes, by one line in its tests:
///
/// ```java
/// @TestFactory
/// Stream<DynamicTest> architecture() {
///     return ArchitectureRules.hold("io.eventshop.orders");
/// }
/// ```
public final class ArchitectureRules {

    static final ArchRule CONTRACTS_KNOW_ONLY_THE_JDK =
            classes()
                    .that()
                    .resideInAPackage("io.eventshop.contracts..")
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                    "io.eventshop.contracts..", "java..", "org.jspecify.."))
                    .as("contracts know only the JDK and JSpecify");

    static final ArchRule MESSAGING_KNOWS_NO_SERVICE =
            none(
                    resideInAPackage("io.eventshop.messaging.."),
                    resideInAPackage("io.eventshop..")
                            .and(
                                    resideOutside(
                                            "io.eventshop.messaging..",
                                            "io.eventshop.contracts..")),
                    "messaging knows the contracts and nothing else of Event Shop");

    static final ArchRule WEB_KNOWS_NO_SERVICE =
            none(
                    resideInAPackage("io.eventshop.web.."),
                    Layers.servicesClasses(),
                    "shared-web knows no service");

    static final ArchRule LIBRARIES_KNOW_NO_SHOP =
            none(
                    resideInAnyPackage("io.eventshop.messaging..", "io.eventshop.web.."),
                    resideInAPackage("io.eventshop.contracts.*.."),
                    "the libraries know what an event is, but none of the shop's");

    static final ArchRule MESSAGING_IS_KNOWN_BY_ITS_FACE =
            none(
                    Layers.servicesClasses().or(resideInAPackage("io.eventshop.web..")),
                    resideInAPackage("io.eventshop.messaging.internal.."),
                    "services and shared-web know messaging by its face, not its machinery");

    static final ArchRule SERVICES_KNOW_NO_OTHER_SERVICE =
            classes()
                    .that(Layers.servicesClasses())
                    .should(
                            depend(
                                    "on no other service",
                                    (type, known) ->
                                            Layers.serviceOf(known).isEmpty()
                                                    || Layers.serviceOf(known)
                                                            .equals(Layers.serviceOf(type))))
                    .as("services speak by events: none knows a class of another");

    private static final DescribedPredicate<JavaClass> DOMAIN_MAY_KNOW =
            resideInAnyPackage(
                    "java..",
                    "jakarta.persistence..",
                    "org.jspecify..",
                    "io.eventshop.contracts..");

    static final ArchRule DOMAIN_KNOWS_NO_FRAMEWORK =
            classes()
                    .that(Layers.domain())
                    .should(
                            depend(
                                    "on their own package and a few others",
                                    (type, known) ->
                                            known.isPrimitive()
                                                    || known.getPackageName()
                                                            .equals(type.getPackageName())
                                                    || DOMAIN_MAY_KNOW.test(known)))
                    .as(
                            "entities, records and enums know the JDK, jakarta.persistence,"
                                    + " JSpecify, the contracts and their own package");

    static final ArchRule ADAPTERS_GET_VIEWS =
            none(
                    Layers.adapters(),
                    describe("entities", Layers::isEntity)
                            .or(describe("repositories", Layers::isRepository))
                            .or(
                                    resideInAnyPackage(
                                            "jakarta.persistence..",
                                            "org.springframework.jdbc..",
                                            "org.springframework.data..")),
                    "web and messaging adapters call services and get views");

    static final ArchRule KAFKA_STAYS_BEHIND_THE_SEAM =
            none(
                    resideOutside("io.eventshop.messaging.internal.kafka..")
                            .and(not(Layers.edges())),
                    resideInAnyPackage(
                            "org.apache.kafka..",
                            "org.springframework.kafka..",
                            "org.springframework.boot.kafka.."),
                    "Kafka types only in messaging's kafka package");

    static final ArchRule TIME_AND_CHANCE_COME_IN =
            noClasses()
                    .that(not(Layers.edges()))
                    .should()
                    .callCodeUnitWhere(
                            describe(
                                    "asks for the time or for chance",
                                    ArchitectureRules::asksForTimeOrChance))
                    .as(
                            "clock and ids come in; nobody sleeps (System.nanoTime is a stopwatch"
                                    + " and allowed)");

    static final ArchRule NO_FIELD_INJECTION =
            noFields()
                    .should(GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
                    .orShould()
                    .beAnnotatedWith("jakarta.persistence.PersistenceContext")
                    .as("what a class needs comes in by its constructor");

    /// The catalog, auto-configurations and main classes put together what lies in the packages
    /// below them, which know the package above: these alone may look down.
    static final ArchRule NO_CYCLES =
            slices().matching(Layers.ROOT + ".(**)")
                    .should()
                    .beFreeOfCycles()
                    .ignoreDependency(
                            describe("put together", ArchitectureRules::putsTogether), alwaysTrue())
                    .as("no cycles between packages");

    static final ArchRule NULL_MARKED =
            classes()
                    .that()
                    .resideInAPackage(Layers.ROOT + "..")
                    .should(
                            ArchCondition.from(
                                    describe(
                                            "be in a package that is @NullMarked",
                                            type ->
                                                    type.getPackage()
                                                            .isAnnotatedWith(NullMarked.class))))
                    .as("every package is @NullMarked");

    static final List<ArchRule> ALL =
            Stream.of(
                            CONTRACTS_KNOW_ONLY_THE_JDK,
                            MESSAGING_KNOWS_NO_SERVICE,
                            WEB_KNOWS_NO_SERVICE,
                            LIBRARIES_KNOW_NO_SHOP,
                            MESSAGING_IS_KNOWN_BY_ITS_FACE,
                            SERVICES_KNOW_NO_OTHER_SERVICE,
                            DOMAIN_KNOWS_NO_FRAMEWORK,
                            ADAPTERS_GET_VIEWS,
                            KAFKA_STAYS_BEHIND_THE_SEAM,
                            TIME_AND_CHANCE_COME_IN,
                            NO_FIELD_INJECTION,
                            NO_CYCLES,
                            NULL_MARKED)
                    .map(rule -> rule.allowEmptyShould(true))
                    .toList();

    /// The time, chance and sleep that a test could not control.
    private static final Set<String> AMBIENT =
            Set.of(
                    "java.util.UUID.randomUUID",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.Thread.sleep",
                    "java.lang.Math.random");

    private ArchitectureRules() {}

    /// One test for each rule, over the main classes below this package.
    ///
    /// @throws IllegalArgumentException if there are none, which would prove nothing
    public static Stream<DynamicTest> hold(String rootPackage) {
        var imported =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(rootPackage);
        if (imported.isEmpty()) {
            throw new IllegalArgumentException("there are no classes below " + rootPackage);
        }
        return ALL.stream()
                .map(rule ->
                        DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(imported)));
    }

    private static ArchRule none(
            DescribedPredicate<JavaClass> classes,
            DescribedPredicate<JavaClass> known,
            String description) {
        return noClasses().that(classes).should().dependOnClassesThat(known).as(description);
    }

    private static DescribedPredicate<JavaClass> resideOutside(String... packages) {
        return not(resideInAnyPackage(packages));
    }

    /// Whatever the classes depend on, arrays by what is in them, is allowed.
    private static ArchCondition<JavaClass> depend(
            String description, BiPredicate<JavaClass, JavaClass> allowed) {
        return new ArchCondition<>("depend " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    var known = dependency.getTargetClass().getBaseComponentType();
                    if (!allowed.test(type, known)) {
                        events.add(violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean putsTogether(JavaClass type) {
        return type.tryGetMethod("main", String[].class).isPresent()
                || type.getSimpleName().equals("ShopEvents")
                || type.isAnnotatedWith("org.springframework.boot.autoconfigure.AutoConfiguration");
    }

    private static boolean asksForTimeOrChance(JavaCall<?> call) {
        var target = call.getTarget();
        var owner = target.getOwner().getName();
        return AMBIENT.contains(owner + "." + target.getName())
                || (owner.startsWith("java.time.")
                        && target.getName().equals("now")
                        && target.getRawParameterTypes().isEmpty());
    }
}
