package io.eventshop.system;

import java.nio.file.Path;
import java.util.Locale;

/// The three services, as they are packaged and configured.
public enum Service {
    ORDER("orders"),
    INVENTORY("inventory"),
    NOTIFICATION("notifications");

    public static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    private final String database;

    Service(String database) {
        this.database = database;
    }

    public String serviceName() {
        return name().toLowerCase(Locale.ROOT) + "-service";
    }

    public String database() {
        return database;
    }

    public Path directory() {
        return TOP.resolve(serviceName());
    }

    public Path jar() {
        return directory().resolve("target").resolve(serviceName() + ".jar");
    }
}
