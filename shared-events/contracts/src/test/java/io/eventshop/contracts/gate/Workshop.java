package io.eventshop.contracts.gate;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.eventshop.contracts.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A copy of our contracts in which the steps of the guide are tried.
final class Workshop {

    private static final Pattern LINE = Pattern.compile("append the line `(.+?)`");

    private final Path resources;
    private final Path released;

    Workshop(Path folder) {
        this.resources = folder.resolve("resources");
        this.released = folder.resolve("released.sha256");
        var ours = Contracts.ours();
        for (String file : ours.files()) {
            write(file, String.join("\n", ours.lines(file)) + "\n");
        }
        copyReleased(ours);
    }

    private void copyReleased(Contracts ours) {
        try {
            Files.copy(ours.released(), released);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a file; a change log grows instead.
    void write(String file, String content) {
        append(resources.resolve(file), content);
    }

    /// Does what the gate says about files without a hash.
    void release(List<EventType<?>> catalog) {
        ReleasedCheck.problems(contracts(catalog)).stream()
                .flatMap(problem -> LINE.matcher(problem).results())
                .forEach(line -> append(released, line.group(1) + "\n"));
    }

    List<String> problems(List<EventType<?>> catalog) {
        return contracts(catalog).problems();
    }

    /// @param more what stands below our own lines
    private Contracts contracts(List<EventType<?>> more) {
        return new Contracts(
                resources,
                released,
                Stream.concat(Contracts.ours().catalog().stream(), more.stream()).toList());
    }

    private static void append(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content, CREATE, APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
