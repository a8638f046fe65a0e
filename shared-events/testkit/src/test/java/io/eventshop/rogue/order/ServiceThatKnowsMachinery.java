package io.eventshop.rogue.order;

import io.eventshop.messaging.internal.rogue.Machinery;

record ServiceThatKnowsMachinery(Machinery machinery) {}
