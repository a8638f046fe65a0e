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
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private static final Path PAGE = TOP.resolve("docs/journey.md");

    private final String module;
    private final Set<String> files = new TreeSet<>();

    private Journey(String module) {
        this.module = module;
    }

    /// @param module whose part this is
    /// @param entries `package.Class#method` below `io.eventshop`, all methods of this name
    public static Journey of(String module, String... entries) {
        var journey = new Journey(module);
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(ROOT);
        Map<String, Path> sources = sources();
        for (JavaClass passed : reachedFrom(List.of(entries), classes)) {
            Path source = sources.get(passed.getName().replaceFirst("\\$.*", ""));
            if (source != null) {
                journey.files.add(TOP.relativize(source).toString());
            }
        }
        return journey;
    }

    private static Map<String, Path> sources() {
        try (Stream<Path> all = Files.walk(TOP)) {
            return all.filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
                    .collect(
                            Collectors.toMap(
                                    file ->
                                            file.toString()
                                                    .replaceFirst(".*/src/main/java/", "")
                                                    .replaceFirst("\\.java$", "")
                                                    .replace('/', '.'),
                                    file -> file,
                                    (one, _) -> one));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Collection<JavaClass> reachedFrom(List<String> entries, JavaClasses classes) {
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
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
        var reached = new TreeMap<String, JavaClass>();
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.poll();
            JavaClass owner = unit.getOwner();
            if (isOurs(owner) && !goesWrong(owner) && seen.add(unit.getFullName())) {
                reached.put(owner.getName(), owner);
                called(unit)
                        .forEach(called -> {
                            open.add(called);
                            open.addAll(implementations(called));
                        });
            }
        }
        return reached.values();
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
        Set<String> own = new TreeSet<>();
        for (String file : files) {
            if (file.startsWith(module + "/")) {
                own.add(file);
            } else {
                assertThat(read()).as("docs/journey.md").contains(link(file));
            }
        }
        assertListed(own);
    }

    /// By folders.
    private void assertListed(Set<String> listed) {
        Map<String, List<String>> byFolder =
                listed.stream()
                        .collect(
                                Collectors.groupingBy(
                                        file -> file.substring(0, file.lastIndexOf('/')),
                                        TreeMap::new,
                                        Collectors.toList()));
        var part = new StringBuilder();
        byFolder.forEach((folder, all) ->
                part.append("- `")
                        .append(
                                folder.replaceFirst(".*/src/main/java/io/eventshop/", "")
                                        .replace('/', '.'))
                        .append("` ")
                        .append(all.stream().map(Journey::link).collect(Collectors.joining(", ")))
                        .append('\n'));
        new CommittedFile(PAGE.toString()).assertPartSays(module, part.toString());
    }

    private static String link(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1).replace(".java", "");
        return "[%s](../%s)".formatted(name, file);
    }

    private static String read() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
