package io.eventshop.web.rogue;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.shop.ShopEvents;

final class WebThatKnowsTheCatalog {
    EventCatalog events() {
        return ShopEvents.CATALOG;
    }
}
