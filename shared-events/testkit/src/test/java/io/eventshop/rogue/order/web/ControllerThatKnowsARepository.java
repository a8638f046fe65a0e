package io.eventshop.rogue.order.web;

import io.eventshop.rogue.order.RogueOrders;

record ControllerThatKnowsARepository(RogueOrders orders) {}
