package io.eventshop.launcher.parts;

import io.eventshop.launcher.Refusal;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The services, as the launcher must know them: names, ports and databases.
public enum Service {
    ORDERS("order-service", "orders", "orders", DemoPorts.ORDERS, DemoPorts.ORDERS_MANAGEMENT),
    INVENTORY(
            "inventory-service",
            "inventory",
            "items",
            DemoPorts.INVENTORY,
            DemoPorts.INVENTORY_MANAGEMENT),
    NOTIFICATIONS(
            "notification-service",
            "notifications",
            "notifications",
            DemoPorts.NOTIFICATIONS,
            DemoPorts.NOTIFICATIONS_MANAGEMENT);

    private final String serviceName;
    private final String database;
    private final String collection;
    private final String portOption;
    private final String managementPortOption;

    Service(
            String serviceName,
            String database,
            String collection,
            String portOption,
            String managementPortOption) {
        this.serviceName = serviceName;
        this.database = database;
        this.collection = collection;
        this.portOption = portOption;
        this.managementPortOption = managementPortOption;
    }

    public static Service named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.serviceName.equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.misuse(
                                "%s is not a service; the services are %s."
                                        .formatted(name, allNames())));
    }

    private static String allNames() {
        return Arrays.stream(values()).map(Service::serviceName).collect(Collectors.joining(", "));
    }

    /// The name of its module, its jar and its `spring.application.name`.
    public String serviceName() {
        return serviceName;
    }

    /// The name of its database and of the role that owns it.
    public String database() {
        return database;
    }

    /// The role's password. `EVENTSHOP_ORDERS_PASSWORD` and so on replace the passwords that
    /// everyone knows.
    ///
    /// @param environment what a variable of this name is set to
    public String password(UnaryOperator<@Nullable String> environment) {
        String chosen = environment.apply("EVENTSHOP_%s_PASSWORD".formatted(name()));
        return chosen == null ? "demo-" + database : chosen;
    }

    /// What its API is about: `GET /api/v1/` and this lists them.
    String collection() {
        return collection;
    }

    public String portOption() {
        return portOption;
    }

    public String managementPortOption() {
        return managementPortOption;
    }
}
