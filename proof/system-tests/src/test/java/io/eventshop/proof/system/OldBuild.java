package io.eventshop.proof.system;

import static java.util.Objects.requireNonNull;

import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.proof.shop.Services;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// The services as they were before `OrderPlaced` 2.0.0: their jars, with the classes that were
/// different then in front. Those are kept as sources in `src/old/java` and compiled here:
///
/// - `ShopEvents`, whose newest `orders.order-placed` is 1.1.0;
/// - `OrderPlaced`, in the shape of 1.1.0, with decimal prices;
/// - `Quote` of order-service, which writes it.
///
/// It is an honest old build. What a service writes and understands is decided by the catalog and
/// by its records, and by nothing that could be switched: to this build version 2 is a name that it
/// has never heard, as it was to the one that ran then. The classes of inventory and notifications
/// that read the event are today's bytes, because the change did not concern what they ask it for.
/// That the old side writes what was released then is checked from outside: [KafkaProbe][
/// io.eventshop.testkit.KafkaProbe] holds each of its records against the schema of 1.1.0.
///
/// For everything but this one event the old catalog says what today's says: a new event is added
/// to both.
final class OldBuild {

    private static final Path SOURCES = Path.of("src", "old", "java");

    private OldBuild() {}

    /// Compiles the old sources.
    ///
    /// @return the directory of their classes, for [ServiceProcess#launchWith]
    static Path classes() throws IOException {
        Path classes = Trees.temporary("old-build");
        JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
        var messages = new StringWriter();
        try (var jar = FileSystems.newFileSystem(Services.ORDER.jar());
                var files = compiler.getStandardFileManager(null, null, null);
                var sources = Files.walk(SOURCES)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath(jar));
            // There are none; without this, javac looks for them where it cannot, in the jar.
            files.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, List.of());
            var units =
                    files.getJavaFileObjectsFromPaths(
                            sources.filter(Files::isRegularFile).toList());
            if (!compiler.getTask(messages, files, null, null, null, units).call()) {
                throw new IllegalStateException("the old build does not compile: " + messages);
            }
        }
        return classes;
    }

    /// What the sources refer to: order-service from its jar, the contracts from the tests' class
    /// path.
    private static List<Path> classPath(FileSystem jar) {
        return Stream.concat(
                        Stream.of(jar.getPath("BOOT-INF", "classes")),
                        Stream.of(JavaProgram.classPath().split(File.pathSeparator, -1))
                                .map(Path::of))
                .toList();
    }
}
