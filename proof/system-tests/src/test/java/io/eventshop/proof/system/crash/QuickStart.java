package io.eventshop.proof.system.crash;

import io.eventshop.launcher.servers.ChildProcess;
import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.Services;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The services as they are shipped, only unpacked and with an archive of their classes' metadata:
/// a start is the most expensive part of a crash, and there are many of them.
///
/// It is not the AOT cache of `./demo`, which the JVM ignores where an agent rewrites classes.
final class QuickStart {

    private static final int PREPARED_WITHIN_SECONDS = 600;

    /// What starts and training must have in common, as the archive is bound to it.
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /// The whole application is built, and ends before it would take work.
    private static final List<String> WITHOUT_SERVERS =
            List.of(
                    "-Dspring.context.exit=onRefresh",
                    "-Dspring.flyway.enabled=false",
                    "-Dspring.jpa.hibernate.ddl-auto=none",
                    "-Dspring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false",
                    "-Dspring.jpa.database-platform=org.hibernate.dialect.PostgreSQLDialect",
                    "-Dspring.kafka.admin.auto-create=false",
                    "-Dspring.datasource.url=jdbc:postgresql://localhost:1/x",
                    "-Dserver.port=0",
                    "-Dmanagement.server.port=0");

    private final Path directory;

    private QuickStart(Path directory) {
        this.directory = directory;
    }

    /// Prepares all services, two at a time.
    static QuickStart prepare(Path directory) {
        var quickStart = new QuickStart(directory);
        try (var two = Executors.newFixedThreadPool(2)) {
            Services.ALL.stream()
                    .map(service ->
                            CompletableFuture.runAsync(() -> quickStart.prepare(service), two))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
        return quickStart;
    }

    private void prepare(Service service) {
        run(
                "unpack",
                service,
                List.of(
                        "-Djarmode=tools",
                        "-jar",
                        service.jar().toString(),
                        "extract",
                        "--destination",
                        unpacked(service).toString()));
        var training = new ArrayList<>(JVM_OPTIONS);
        training.add("-XX:ArchiveClassesAtExit=" + archive(service));
        training.addAll(WITHOUT_SERVERS);
        training.addAll(List.of("-jar", jar(service).toString()));
        run("train", service, training);
    }

    private void run(String what, Service service, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(JavaProgram.java());
        command.addAll(arguments);
        String name = what + "-" + service.database();
        var child =
                ChildProcess.start(
                        new ChildProcess.Command(name, command, Map.of(), directory, Signal.TERM));
        boolean ended =
                child.onExit()
                        .thenApply(_ -> true)
                        .completeOnTimeout(false, PREPARED_WITHIN_SECONDS, TimeUnit.SECONDS)
                        .join();
        if (!ended || child.exitStatus() != 0) {
            child.kill();
            throw new IllegalStateException(name + " failed: " + child.lastLines(20));
        }
    }

    /// What `java` is to be told for a start with these options.
    List<String> arguments(Service service, List<String> options) {
        var arguments = new ArrayList<>(JVM_OPTIONS);
        arguments.add("-XX:SharedArchiveFile=" + archive(service));
        arguments.addAll(options);
        arguments.add("-jar");
        arguments.add(jar(service).toString());
        return arguments;
    }

    private Path unpacked(Service service) {
        return directory.resolve(service.database());
    }

    private Path jar(Service service) {
        return unpacked(service).resolve(service.jar().getFileName());
    }

    private Path archive(Service service) {
        return directory.resolve(service.database() + ".jsa");
    }
}
