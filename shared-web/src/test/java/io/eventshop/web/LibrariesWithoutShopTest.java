package io.eventshop.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.launcher.services.Sources;
import io.eventshop.messaging.Outbox;
import io.eventshop.messaging.transport.Broker;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever forks the shop may throw its events away and keep the libraries.
class LibrariesWithoutShopTest {

    private static final Path TOP = Sources.root();

    private static final List<Class<?>> COMPILED =
            List.of(EventCatalog.class, Broker.class, Outbox.class, WebProperties.class);

    @TempDir private Path classes;

    @Test
    void messaging_and_shared_web_compile_with_nothing_of_contracts_but_what_an_event_is()
            throws IOException {
        var problems = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(problems, null, null)) {
            var options =
                    List.of("-proc:none", "-classpath", libraries(), "-d", classes.toString());

            boolean compiled =
                    compiler.getTask(
                                    null,
                                    files,
                                    problems,
                                    options,
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources()))
                            .call();

            assertThat(compiled).as("%s", problems.getDiagnostics()).isTrue();
        }
    }

    private static List<Path> sources() throws IOException {
        Path contracts =
                TOP.resolve("shared-events/contracts/src/main/java/io/eventshop/contracts");
        try (var events = Files.list(contracts);
                var seam =
                        Files.walk(TOP.resolve("shared-events/messaging-transport/src/main/java"));
                var messaging = Files.walk(TOP.resolve("shared-events/messaging/src/main/java"));
                var web = Files.walk(TOP.resolve("shared-web/src/main/java"))) {
            return Stream.of(events, seam, messaging, web)
                    .flatMap(all -> all)
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }

    private static String libraries() {
        String all =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        var compiled = COMPILED.stream().map(LibrariesWithoutShopTest::home).toList();
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !compiled.contains(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path home(Class<?> type) {
        return Path.of(
                URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
