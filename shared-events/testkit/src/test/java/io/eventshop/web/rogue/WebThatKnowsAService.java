package io.eventshop.web.rogue;

import io.eventshop.rival.item.ItemService;

record WebThatKnowsAService(ItemService service) {}
