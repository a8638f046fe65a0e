package io.eventshop.proof.shop;

import io.eventshop.launcher.services.Service;
import io.eventshop.launcher.services.Sources;
import java.nio.file.Path;
import java.util.List;

/// The services of this checkout. Three of them the proofs know by name, because they know what an
/// order is; whatever else there is belongs to the shop as well.
public final class Services {

    private static final Path ROOT =
            Path.of(System.getProperty("eventshop.checkout", Sources.root().toString()));

    public static final List<Service> ALL = Service.in(ROOT);
    public static final Service ORDER = named("order-service");
    public static final Service INVENTORY = named("inventory-service");
    public static final Service NOTIFICATION = named("notification-service");

    private Services() {}

    public static Path root() {
        return ROOT;
    }

    private static Service named(String name) {
        return Service.named(name, ALL)
                .orElseThrow(() -> new IllegalStateException("there is no " + name));
    }
}
