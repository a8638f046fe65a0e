package io.eventshop.messaging.rogue;

import io.eventshop.contracts.stock.StockLow;

record MessagingThatKnowsAnEvent(StockLow event) {}
