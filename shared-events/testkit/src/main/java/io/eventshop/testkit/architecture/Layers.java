package io.eventshop.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.ENUMS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.RECORDS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.function.Function;

/// Where a class belongs, by its package: `io.eventshop.<module>[.<aggregate>[.<adapter>]]`.
final class Layers {

    /// They deal with processes and clocks for a living, and no customer waits for them.
    static final DescribedPredicate<JavaClass> EDGES =
            resideInAnyPackage(
                    "io.eventshop.launcher..", "io.eventshop.testkit..", "io.eventshop.proof..");

    /// The services are whatever is neither shared nor an edge, so that a new one is held to the
    /// rules from its first class.
    static final DescribedPredicate<JavaClass> SERVICES =
            resideOutsideOfPackages(
                            "io.eventshop.contracts..",
                            "io.eventshop.messaging..",
                            "io.eventshop.web..")
                    .and(resideInAPackage("io.eventshop.*.."))
                    .and(not(EDGES));

    static final DescribedPredicate<JavaClass> ADAPTERS =
            SERVICES.and(resideInAnyPackage("io.eventshop.*.*.web", "io.eventshop.*.*.messaging"));

    static final DescribedPredicate<JavaClass> ENTITIES =
            annotatedWith("jakarta.persistence.Entity")
                    .or(annotatedWith("jakarta.persistence.Embeddable"))
                    .or(annotatedWith("jakarta.persistence.MappedSuperclass"))
                    .forSubtype();

    private static final String SETTINGS =
            "org.springframework.boot.context.properties.ConfigurationProperties";

    /// Entities, records and enums beside an aggregate; settings are not of the domain.
    static final DescribedPredicate<JavaClass> DOMAIN =
            SERVICES.and(resideInAPackage("io.eventshop.*.*"))
                    .and(RECORDS.or(ENUMS).or(ENTITIES))
                    .and(not(annotatedWith(SETTINGS)));

    static final DescribedPredicate<Dependency> WITHIN_A_MODULE =
            within(
                    "a module",
                    type -> type.getPackageName().replaceFirst("(io\\.eventshop\\.\\w+).*", "$1"));

    static final DescribedPredicate<Dependency> WITHIN_A_PACKAGE =
            within("a package", JavaClass::getPackageName);

    private Layers() {}

    private static DescribedPredicate<Dependency> within(
            String what, Function<JavaClass, String> whole) {
        return describe(
                "within " + what,
                dependency ->
                        whole.apply(dependency.getOriginClass())
                                .equals(whole.apply(dependency.getTargetClass())));
    }
}
