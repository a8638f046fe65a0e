package io.eventshop.testkit;

import io.eventshop.launcher.servers.Guard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Directories for servers, deleted when the test JVM and its children have ended. JUnit's
/// temporary directories go too early, while a server still writes to them.
public final class TestDirectories {

    private TestDirectories() {}

    public static Path fresh(String name) {
        try {
            var directory = Files.createTempDirectory("eventshop-" + name + "-");
            Guard.INSTANCE.deleteAtEnd(directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
