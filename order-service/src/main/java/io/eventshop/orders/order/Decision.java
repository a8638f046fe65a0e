package io.eventshop.orders.order;

import io.eventshop.contracts.orders.OrderEvent;

/// What an order makes of an input. An input that no order in this state can meet, unless somebody
/// is broken, is no decision but an [ImpossibleMove].
sealed interface Decision {

    /// The order has moved, and says so.
    record Happened(OrderEvent event) implements Decision {}

    /// The order is already where the input would bring it: the same answer, and no new event.
    record Unchanged() implements Decision {}

    /// Two messages crossed on their way, as they may. Nothing to do, but worth counting: many of
    /// them mean that answers are slow.
    record Crossed() implements Decision {}

    /// No, and the one who asked can be told why.
    record Refused(String why) implements Decision {}
}
