package io.eventshop.messaging.rogue;

import io.eventshop.rival.item.ItemService;

record MessagingThatKnowsAService(ItemService service) {}
