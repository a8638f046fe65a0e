package io.eventshop.rogue.order;

import io.eventshop.rival.item.ItemService;

final class ServiceThatKnowsAnother {
    final ItemService service = new ItemService();
}
