package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.eventshop.launcher.services.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds `docs/journey.md` against the code: the files of an order's way are those whose code is
/// called, directly or by others, from the places where frameworks enter ours. Each service keeps
/// its part of the list, between two comments with its name; the first part has the libraries'
/// files too.
///
/// Calls of an interface are calls of all that implement it. What only goes wrong is left out:
/// exceptions and problems.
public final class Journey {

    private static final String ROOT = "io.eventshop";
    private static final Path TOP = Sources.root();
    private static final CommittedFile PAGE =
            new CommittedFile(TOP.resolve("docs/journey.md").toString());

    private final String module;
    private final Set<String> files;

    private Journey(String module, Set<String> files) {
        this.module = module;
        this.files = files;
    }

    /// @param module whose part this is
    /// @param entries `package.Class#method` below `io.eventshop`, all methods of this name
    public static Journey of(String module, String... entries) {
        Map<String, String> sources = sources();
        return new Journey(
                module,
                reachedFrom(List.of(entries)).stream()
                        .map(type -> sources.get(type.getName().replaceFirst("\\$.*", "")))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /// The files by the names of their classes.
    private static Map<String, String> sources() {
        try (Stream<Path> all = Files.walk(TOP)) {
            return all.map(file -> TOP.relativize(file).toString())
                    .filter(file -> file.matches(".*/src/main/java/.*\\.java"))
                    .collect(
                            Collectors.toMap(
                                    file -> packageOf(file) + "." + name(file),
                                    file -> file,
                                    (one, _) -> one));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<JavaClass> reachedFrom(List<String> entries) {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(ROOT);
        var open = new ArrayDeque<JavaCodeUnit>();
        for (String entry : entries) {
            String[] halves = entry.split("#", -1);
            var found =
                    classes.get(ROOT + "." + halves[0]).getCodeUnits().stream()
                            .filter(unit -> unit.getName().equals(halves[1]))
                            .toList();
            assertThat(found).as(entry).isNotEmpty();
            open.addAll(found);
        }
        var seen = new HashSet<String>();
        var reached = new HashSet<JavaClass>();
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.poll();
            JavaClass owner = unit.getOwner();
            if (isOurs(owner) && !goesWrong(owner) && seen.add(unit.getFullName())) {
                reached.add(owner);
                called(unit)
                        .forEach(called -> {
                            open.add(called);
                            open.addAll(implementations(called));
                        });
            }
        }
        return reached;
    }

    private static Stream<JavaCodeUnit> called(JavaCodeUnit unit) {
        return Stream.concat(
                unit.getCallsFromSelf().stream()
                        .flatMap(call -> call.getTarget().resolveMember().stream()),
                unit.getCodeUnitReferencesFromSelf().stream()
                        .flatMap(reference -> reference.getTarget().resolveMember().stream()));
    }

    private static List<JavaMethod> implementations(JavaCodeUnit called) {
        if (!(called instanceof JavaMethod method)
                || !isOurs(method.getOwner())
                || !(method.getOwner().isInterface()
                        || method.getModifiers().contains(JavaModifier.ABSTRACT))) {
            return List.of();
        }
        String[] parameters =
                method.getRawParameterTypes().stream().map(HasName::getName).toArray(String[]::new);
        return method.getOwner().getAllSubclasses().stream()
                .flatMap(type -> type.tryGetMethod(method.getName(), parameters).stream())
                .toList();
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".");
    }

    private static boolean goesWrong(JavaClass type) {
        return type.isAssignableTo(Throwable.class)
                || type.getPackageName().contains(".problem")
                || type.getSimpleName().endsWith("Problem");
    }

    /// The module's own files, and those of the libraries.
    public void listsAll() {
        assertListed(files);
    }

    /// The module's own files; another part has those of the libraries.
    public void listsItsOwn() {
        var byOwnership =
                files.stream()
                        .collect(Collectors.partitioningBy(file -> file.startsWith(module + "/")));
        String page = PAGE.read();
        assertThat(byOwnership.getOrDefault(false, List.of()))
                .allSatisfy(file -> assertThat(page).as("docs/journey.md").contains(link(file)));
        assertListed(byOwnership.getOrDefault(true, List.of()));
    }

    /// By folders.
    private void assertListed(Collection<String> listed) {
        Map<String, String> byFolder =
                listed.stream()
                        .collect(
                                Collectors.groupingBy(
                                        file -> file.substring(0, file.lastIndexOf('/')),
                                        TreeMap::new,
                                        Collectors.mapping(
                                                Journey::link, Collectors.joining(", "))));
        var part = new StringBuilder();
        byFolder.forEach((folder, links) ->
                part.append(
                        "- `%s` %s\n"
                                .formatted(
                                        packageOf(folder + "/").replace(ROOT + ".", ""), links)));
        PAGE.assertPartSays(module, part.toString());
    }

    private static String link(String file) {
        return "[%s](../%s)".formatted(name(file), file);
    }

    private static String name(String file) {
        return file.replaceFirst(".*/", "").replace(".java", "");
    }

    private static String packageOf(String file) {
        return file.replaceFirst(".*/src/main/java/", "")
                .replaceFirst("/[^/]*$", "")
                .replace('/', '.');
    }
}
