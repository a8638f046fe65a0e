package io.eventshop.launcher.demo.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The running demo, written down for the subcommands and for the next start. A reader sees the old
/// state or the new one, never half of one, even when the writer is killed.
public final class StateFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    public StateFile(Path file) {
        this.file = file;
    }

    public synchronized void write(DemoState state) {
        try {
            Path written = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(written, JSON.writeValueAsString(state));
            Files.move(
                    written,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file that cannot be read counts as absent: it holds nothing that a new start would not
    /// write again.
    public Optional<DemoState> read() {
        try {
            return Optional.of(JSON.readValue(Files.readString(file), DemoState.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    public synchronized void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
