package io.eventshop.launcher.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A real PostgreSQL server, in the foreground as a child of this JVM, so that it can be watched.
///
/// It listens on the loopback interface only and has no Unix socket, whose path could be too long.
/// Everyone logs in with a password; the superuser's is random and lies in the server's directory.
public final class PostgresServer extends ServerProcess {

    private static final String SUPERUSER = "postgres";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    private final Durability durability;

    /// What the server does for its data.
    public enum Durability {
        /// As in production: what is committed survives a power cut.
        FULL,
        /// For tests: what is committed survives the end of the server, but not of the machine.
        PROCESS_ONLY
    }

    /// @param directory holds the data, the superuser's password and the log
    /// @param port where clients connect; 0 for any that is free
    public PostgresServer(Path directory, int port, Durability durability) {
        super("postgresql", directory, port);
        this.durability = durability;
    }

    /// Makes a database and the role of the same name that owns it, where they are missing, and
    /// sets the role's password. The role can connect to this database only.
    ///
    /// @param name lower-case letters, digits and underscores
    public Database database(String name, String password) {
        return administrator().database(name, password);
    }

    /// The server's own administrator, e.g. to look at locks or to end sessions.
    public Database administrator() {
        var url = "jdbc:postgresql://127.0.0.1:" + port() + "/" + SUPERUSER;
        return new Database(url, SUPERUSER, superuserPassword());
    }

    @Override
    ChildProcess.Command prepare() throws IOException {
        var binaries = PostgresBinaries.directory();
        var data = directory().resolve("data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(binaries, data);
        }

        var arguments = new ArrayList<String>();
        arguments.add(binaries.resolve("bin/postgres").toString());
        arguments.addAll(List.of("-D", data.toString()));
        settings().forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return new ChildProcess.Command(
                name(),
                OrdinaryUser.command(arguments, directory()),
                Map.of("LC_ALL", "C"),
                directory(),
                Signal.INT);
    }

    private Map<String, String> settings() {
        var settings =
                new TreeMap<>(
                        Map.of(
                                "listen_addresses", "127.0.0.1",
                                "port", Integer.toString(port()),
                                "unix_socket_directories", "",
                                "max_connections", "300",
                                "password_encryption", "scram-sha-256",
                                "timezone", "UTC",
                                "log_timezone", "UTC"));
        if (durability == Durability.PROCESS_ONLY) {
            settings.putAll(Map.of("fsync", "off", "full_page_writes", "off"));
        }
        return settings;
    }

    /// In a directory beside the data and moved when done: an interrupted `initdb` leaves no half
    /// cluster behind.
    private void initialise(Path binaries, Path data) throws IOException {
        var passwordFile = passwordFile();
        var random = new byte[16];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(random));

        var fresh = directory().resolve("data.fresh");
        Trees.delete(fresh);
        var arguments =
                new ArrayList<>(
                        List.of(
                                binaries.resolve("bin/initdb").toString(),
                                "--pgdata=" + fresh,
                                "--username=" + SUPERUSER,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8"));
        if (durability == Durability.PROCESS_ONLY) {
            arguments.add("--no-sync");
        }
        run(OrdinaryUser.command(arguments, directory()));
        Trees.delete(data);
        Files.move(fresh, data);
    }

    private void run(List<String> arguments) throws IOException {
        var process =
                new ProcessBuilder(arguments)
                        .directory(directory().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                        .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("initdb failed, see " + logFile());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// A session that works outlives its killed server until it next waits for something, and holds
    /// the shared memory. Which process it is, the system does not tell on every platform.
    @Override
    boolean hasLeftovers(String log) {
        return log.contains("pre-existing shared memory block");
    }

    @Override
    boolean isReady() {
        try (var connection = administrator().connect(ANSWER_LIMIT)) {
            return connection.isValid((int) ANSWER_LIMIT.toSeconds());
        } catch (SQLException e) {
            return false;
        }
    }

    private Path passwordFile() {
        return directory().resolve("superuser.password");
    }

    private String superuserPassword() {
        try {
            return Files.readString(passwordFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
