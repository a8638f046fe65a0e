package io.eventshop.orders.item;

import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/// How many items are known, in `/actuator/info`: whoever starts the system can see when orders can
/// be placed.
@Component
class ItemsInfo implements InfoContributor {

    private final ItemCopies items;

    ItemsInfo(ItemCopies items) {
        this.items = items;
    }

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail("items", Map.of("known", items.count()));
    }
}
