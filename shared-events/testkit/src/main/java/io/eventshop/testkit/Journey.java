package io.eventshop.testkit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.eventshop.launcher.services.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Holds `docs/journey.md` against the code: the files of an order's way are those whose code is
/// called, directly or by others, from the places where frameworks enter ours. Each service keeps
/// its part of the list, between two comments with its name; one part has the libraries' files too.
///
/// Calls of a method are calls of all that override it. What only goes wrong is left out:
/// exceptions and problems.
public final class Journey {

    private static final String ROOT = "io.eventshop.";
    private static final Path TOP = Sources.root();
    private static final CommittedFile PAGE =
            new CommittedFile(TOP.resolve("docs/journey.md").toString());

    private Journey() {}

    /// Fails where the part does not list exactly its own files of the way, and where another file
    /// of the way is nowhere on the page.
    ///
    /// @param part the module whose part this is
    /// @param own the folders whose files it lists
    /// @param entries `package.Class#method` below `io.eventshop`, all methods of this name
    public static void assertPartLists(String part, List<String> own, String... entries) {
        List<Path> files = filesOf(reachedFrom(entries));
        Predicate<Path> isOwn = file -> own.stream().anyMatch(file::startsWith);
        String page = PAGE.read();
        assertThat(files)
                .filteredOn(isOwn.negate())
                .allSatisfy(file -> assertThat(page).as("docs/journey.md").contains(link(file)));

        var linksByFolder =
                files.stream()
                        .filter(isOwn)
                        .collect(
                                groupingBy(
                                        Path::getParent,
                                        TreeMap::new,
                                        mapping(Journey::link, joining(", "))));
        var list = new StringBuilder();
        linksByFolder.forEach((folder, links) ->
                list.append("- `%s` %s\n".formatted(javaName(folder).replace(ROOT, ""), links)));
        PAGE.assertPartSays(part, list.toString());
    }

    /// Fails where one of these does not call the next one itself, or is not linked at the top of
    /// the page: between the two ends of a hop there is no other file of the service.
    ///
    /// @param steps `package.Class#method` below `io.eventshop`
    public static void assertHop(String... steps) {
        String top = PAGE.read().split("\n## ", 2)[0];
        var files = filesOf(Stream.of(steps).map(Journey::className).collect(toSet()));
        assertThat(files)
                .hasSize(steps.length)
                .allSatisfy(file -> assertThat(top).contains("(../" + file + ")"));
        for (int i = 1; i < steps.length; i++) {
            assertThat(classes().get(className(steps[i - 1])).getAccessesFromSelf())
                    .extracting(call -> call.getTargetOwner().getName() + "#" + call.getName())
                    .contains(ROOT + steps[i]);
        }
    }

    private static String className(String step) {
        return ROOT + step.split("#", -1)[0];
    }

    /// Without the test kit, which overrides what the code calls, too.
    private static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("io/eventshop/testkit/"))
                .importPackages("io.eventshop");
    }

    private static List<Path> filesOf(Set<String> classes) {
        try (Stream<Path> all = Files.walk(TOP)) {
            return all.map(TOP::relativize)
                    .filter(file -> classes.contains(javaName(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String link(Path file) {
        return "[%s](../%s)".formatted(javaName(file).replaceFirst(".*\\.", ""), file);
    }

    /// Of the class or package whose source it is.
    private static String javaName(Path source) {
        return source.toString()
                .replaceFirst(".*/src/main/java/", "")
                .replace(".java", "")
                .replace('/', '.');
    }

    private static Set<String> reachedFrom(String... entries) {
        var classes = classes();
        var reached = new HashSet<JavaCodeUnit>();
        for (String entry : entries) {
            String[] halves = entry.split("#", -1);
            var found =
                    classes.get(className(entry)).getCodeUnits().stream()
                            .filter(unit -> unit.getName().equals(halves[1]))
                            .toList();
            assertThat(found).as(entry).isNotEmpty();
            found.forEach(unit -> follow(unit, reached));
        }
        return reached.stream()
                .map(unit -> unit.getOwner().getName().replaceFirst("\\$.*", ""))
                .collect(toSet());
    }

    private static void follow(JavaCodeUnit unit, Set<JavaCodeUnit> reached) {
        if (!goesWrong(unit.getOwner()) && reached.add(unit)) {
            unit.getAccessesFromSelf().stream()
                    .flatMap(access -> access.getTarget().resolveMember().stream())
                    .filter(JavaCodeUnit.class::isInstance)
                    .map(JavaCodeUnit.class::cast)
                    .filter(called -> called.getOwner().getName().startsWith(ROOT))
                    .flatMap(Journey::withOverrides)
                    .forEach(called -> follow(called, reached));
        }
    }

    private static boolean goesWrong(JavaClass type) {
        return type.isAssignableTo(Throwable.class)
                || type.getPackageName().contains(".problem")
                || type.getSimpleName().endsWith("Problem");
    }

    private static Stream<JavaCodeUnit> withOverrides(JavaCodeUnit called) {
        var parameters =
                called.getRawParameterTypes().stream()
                        .map(JavaClass::getName)
                        .toArray(String[]::new);
        var overrides =
                called.getOwner().getAllSubclasses().stream()
                        .flatMap(type -> type.tryGetMethod(called.getName(), parameters).stream());
        return Stream.concat(Stream.of(called), overrides);
    }
}
