package io.eventshop.launcher.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Directories with all that is in them.
public final class Trees {

    private Trees() {}

    /// A new directory, deleted when this JVM and its children have ended: for servers, which may
    /// still write to it when everything else of this JVM is over.
    public static Path temporary(String name) {
        try {
            var directory = Files.createTempDirectory("eventshop-" + name + "-");
            Guard.INSTANCE.deleteAtEnd(directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Does nothing if there is no such directory. Follows no links.
    public static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
