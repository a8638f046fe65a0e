package io.eventshop.proof.system.chaos;

import io.eventshop.launcher.servers.SystemCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A disk in memory that can be filled to the last byte, for PostgreSQL's data.
final class SmallDisk implements AutoCloseable {

    /// For some ten thousand orders and the write-ahead log's gigabyte at most.
    private static final String SIZE = "2g";

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /// @return nothing where mounting is not allowed
    static Optional<SmallDisk> mountedAt(Path directory) throws IOException {
        Files.createDirectories(directory);
        var mount =
                List.of(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + SIZE,
                        "tmpfs",
                        directory.toString());
        return SystemCommand.succeeds(mount)
                ? Optional.of(new SmallDisk(directory))
                : Optional.empty();
    }

    void fill() throws IOException {
        var block = new byte[1 << 20];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(block);
            }
        } catch (IOException e) {
            if (!Files.exists(ballast())) {
                throw e;
            }
            // Full, as it was meant.
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return directory.resolve("ballast");
    }

    /// Also while something still has a file of it open.
    @Override
    public void close() {
        var _ = SystemCommand.succeeds(List.of("umount", "--lazy", directory.toString()));
    }
}
