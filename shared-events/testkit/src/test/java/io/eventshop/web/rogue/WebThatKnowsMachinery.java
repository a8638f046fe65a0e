package io.eventshop.web.rogue;

import io.eventshop.messaging.internal.rogue.Machinery;

record WebThatKnowsMachinery(Machinery machinery) {}
