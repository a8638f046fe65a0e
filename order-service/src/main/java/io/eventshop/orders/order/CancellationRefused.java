package io.eventshop.orders.order;

/// The order can no longer be cancelled; the message says why, and may be shown to the customer.
public final class CancellationRefused extends RuntimeException {

    CancellationRefused(String why) {
        super(why);
    }
}
