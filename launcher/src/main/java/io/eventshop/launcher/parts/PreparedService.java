package io.eventshop.launcher.parts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A service unpacked and with an AOT cache, which together make its start several times faster.
///
/// @param directory holds the jar, its libraries and the cache
public record PreparedService(Service service, Path directory) {

    /// What training and running must have in common, else the cache is ignored. One compiler only:
    /// in a demo the first minute counts, and peak speed does not.
    static final List<String> SHARED_JVM_OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private static final List<String> MEMORY_OPTIONS =
            List.of("-Xms128m", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError");

    public Path jar() {
        return directory.resolve(service.serviceName() + ".jar");
    }

    Path cache() {
        return directory.resolve("app.aot");
    }

    /// Remains after a training that failed, so that it is not tried at each start.
    Path failure() {
        return directory.resolve("training-failed");
    }

    boolean isComplete() {
        return Files.exists(cache()) || Files.exists(failure());
    }

    boolean isTrained() {
        return Files.exists(cache());
    }

    /// How an instance is run.
    ///
    /// @param java the same that has prepared it
    public List<String> command(String java) {
        var command = new ArrayList<String>();
        command.add(java);
        command.addAll(SHARED_JVM_OPTIONS);
        command.addAll(MEMORY_OPTIONS);
        if (isTrained()) {
            command.add("-XX:AOTCache=" + cache());
        }
        command.add("-jar");
        command.add(jar().toString());
        return command;
    }

    List<String> trainingCommand(String java, Path cache) {
        var command = new ArrayList<String>();
        command.add(java);
        command.addAll(SHARED_JVM_OPTIONS);
        command.add("-XX:AOTCacheOutput=" + cache);
        command.addAll(withoutServers());
        command.add("-jar");
        command.add(jar().toString());
        return command;
    }

    /// The training builds the whole application and ends before it would take work. It can run in
    /// an image build too, so nothing in it may need a database or a broker.
    public static List<String> withoutServers() {
        return List.of(
                "-Dspring.context.exit=onRefresh",
                "-Dspring.flyway.enabled=false",
                "-Dspring.jpa.hibernate.ddl-auto=none",
                "-Dspring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false",
                "-Dspring.jpa.database-platform=org.hibernate.dialect.PostgreSQLDialect",
                "-Dspring.kafka.admin.auto-create=false",
                "-Dspring.datasource.url=jdbc:postgresql://localhost:1/x",
                "-Dserver.port=0",
                "-Dmanagement.server.port=0");
    }
}
