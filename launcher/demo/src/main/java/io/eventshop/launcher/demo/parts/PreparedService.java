package io.eventshop.launcher.demo.parts;

import io.eventshop.launcher.services.Service;
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
        return directory.resolve(service.name() + ".jar");
    }

    Path cache() {
        return directory.resolve("app.aot");
    }

    /// What a training run writes, in a directory with whatever else it leaves.
    Path newCache() {
        return directory.resolve("training").resolve("app.aot");
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

    /// How an instance is run that is to write a new cache when it ends.
    List<String> trainingCommand(String java) {
        var command = new ArrayList<String>();
        command.add(java);
        command.addAll(SHARED_JVM_OPTIONS);
        command.add("-XX:AOTCacheOutput=" + newCache());
        command.add("-jar");
        command.add(jar().toString());
        return command;
    }
}
