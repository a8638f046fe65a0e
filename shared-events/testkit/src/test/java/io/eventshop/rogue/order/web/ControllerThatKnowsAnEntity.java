package io.eventshop.rogue.order.web;

import io.eventshop.rogue.order.RogueOrder;

record ControllerThatKnowsAnEntity(RogueOrder order) {}
