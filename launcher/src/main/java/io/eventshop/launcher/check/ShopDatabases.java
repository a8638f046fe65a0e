package io.eventshop.launcher.check;

import io.eventshop.launcher.servers.Database;
import java.util.LinkedHashMap;
import java.util.Map;

/// The databases of the three services, each with the role that owns it.
public record ShopDatabases(Database orders, Database inventory, Database notifications) {

    /// By the names of the services.
    Map<String, Database> byService() {
        var all = new LinkedHashMap<String, Database>();
        all.put("order-service", orders);
        all.put("inventory-service", inventory);
        all.put("notification-service", notifications);
        return all;
    }
}
