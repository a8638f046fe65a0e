package io.eventshop.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Where a class belongs, by its package: `io.eventshop.<module>[.<aggregate>[.<adapter>]]`.
final class Layers {

    static final String ROOT = "io.eventshop";

    private static final Pattern MODULE = Pattern.compile("io\\.eventshop\\.([a-z]+).*");
    private static final Pattern AGGREGATE = Pattern.compile("io\\.eventshop\\.[a-z]+\\.[a-z]+");
    private static final Pattern ADAPTER =
            Pattern.compile("io\\.eventshop\\.[a-z]+\\.[a-z]+\\.(web|messaging)");

    private static final Set<String> SHARED = Set.of("contracts", "messaging", "web");

    /// They deal with processes and clocks for a living, and no customer waits for them.
    private static final Set<String> EDGES = Set.of("launcher", "testkit", "proof");

    private static final String SETTINGS =
            "org.springframework.boot.context.properties.ConfigurationProperties";

    private Layers() {}

    /// The services are whatever is neither shared nor an edge, so that a new one is held to the
    /// rules from its first class.
    static Optional<String> serviceOf(JavaClass type) {
        return moduleOf(type).filter(module -> !SHARED.contains(module) && !EDGES.contains(module));
    }

    private static Optional<String> moduleOf(JavaClass type) {
        var matcher = MODULE.matcher(type.getPackageName());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    static DescribedPredicate<JavaClass> servicesClasses() {
        return describe("classes of a service", Layers::isOfAService);
    }

    static DescribedPredicate<JavaClass> adapters() {
        return describe(
                "a service's web and messaging adapters",
                type -> isOfAService(type) && ADAPTER.matcher(type.getPackageName()).matches());
    }

    static DescribedPredicate<JavaClass> edges() {
        return describe("edges", type -> moduleOf(type).filter(EDGES::contains).isPresent());
    }

    /// Entities, records and enums beside an aggregate; settings are not of the domain.
    static DescribedPredicate<JavaClass> domain() {
        return describe(
                "entities, records and enums of a service's domain",
                type ->
                        isOfAService(type)
                                && AGGREGATE.matcher(type.getPackageName()).matches()
                                && (type.isRecord() || type.isEnum() || isEntity(type))
                                && !type.isAnnotatedWith(SETTINGS));
    }

    static boolean isEntity(JavaClass type) {
        return type.isAnnotatedWith("jakarta.persistence.Entity")
                || type.isAnnotatedWith("jakarta.persistence.Embeddable")
                || type.isAnnotatedWith("jakarta.persistence.MappedSuperclass");
    }

    static boolean isRepository(JavaClass type) {
        return type.isAssignableTo("org.springframework.data.repository.Repository");
    }

    private static boolean isOfAService(JavaClass type) {
        return serviceOf(type).isPresent();
    }
}
