package io.eventshop.launcher.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs for this machine, from the jar on the class path, unpacked once per user
/// and version.
final class PostgresBinaries {

    private PostgresBinaries() {}

    /// The directory that has `bin/postgres`. Whoever comes first unpacks; others, also in other
    /// processes, wait for that. An unpacking that was interrupted leaves nothing that looks done.
    static Path directory() {
        return directory(cache());
    }

    static synchronized Path directory(Path cache) {
        var archive = archive();
        try {
            var directory = cache.resolve("postgres-" + fingerprint(archive));
            if (Files.isDirectory(directory)) {
                return directory;
            }
            Files.createDirectories(cache);
            try (var channel =
                            FileChannel.open(
                                    cache.resolve("postgres.lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                if (!Files.isDirectory(directory)) {
                    var partial = cache.resolve("postgres.partial");
                    Trees.delete(partial);
                    unpack(archive, partial);
                    Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be unpacked into " + cache, e);
        }
    }

    private static URL archive() {
        var system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        var processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var name = "/postgres-" + system + "-" + processor + ".txz";
        var archive = PostgresBinaries.class.getResource(name);
        if (archive == null) {
            throw new IllegalStateException(
                    "there is no PostgreSQL for this machine on the class path: " + name);
        }
        return archive;
    }

    /// A directory of this user that survives a clean build; a user without a home has only the
    /// temporary one.
    private static Path cache() {
        var home = Path.of(System.getProperty("user.home"));
        return Files.isWritable(home)
                ? home.resolve(".cache").resolve("eventshop")
                : Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "eventshop-" + System.getProperty("user.name"));
    }

    private static String fingerprint(URL archive) throws IOException {
        var entry = ((JarURLConnection) archive.openConnection()).getJarEntry();
        return Long.toHexString(entry.getCrc()) + "-" + entry.getSize();
    }

    private static void unpack(URL archive, Path target) throws IOException {
        try (InputStream packed = archive.openStream();
                var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive wants to write to " + path);
                }
                unpack(tar, entry, path);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolve("..").normalize());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            throw new IOException("the archive has a hard link, which nobody expected: " + path);
        } else {
            Files.copy(tar, path);
            if ((entry.getMode() & 0100) != 0) {
                var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
                permissions.addAll(
                        EnumSet.of(
                                PosixFilePermission.OWNER_EXECUTE,
                                PosixFilePermission.GROUP_EXECUTE,
                                PosixFilePermission.OTHERS_EXECUTE));
                Files.setPosixFilePermissions(path, permissions);
            }
        }
    }
}
