package io.eventshop.proof.system.crash;

import java.util.List;

/// How an order has ended, and what must be known of it then: in its service, in the others', and
/// in the topics.
///
/// @param status of the order
/// @param orderEvents in their order
/// @param reservation its status
/// @param reservationEvents in their order
/// @param mails their kinds
record End(
        String status,
        List<String> orderEvents,
        String reservation,
        List<String> reservationEvents,
        List<String> mails) {

    static final End CONFIRMED =
            new End(
                    "CONFIRMED",
                    List.of("order-placed", "order-confirmed"),
                    "RESERVED",
                    List.of("stock-reserved"),
                    List.of("ORDER_CONFIRMED"));

    static final End REJECTED =
            new End(
                    "REJECTED",
                    List.of("order-placed", "order-rejected"),
                    "REJECTED",
                    List.of("stock-rejected"),
                    List.of("ORDER_REJECTED"));

    static final End CANCELLED =
            new End(
                    "CANCELLED",
                    List.of("order-placed", "order-confirmed", "order-cancelled"),
                    "RELEASED",
                    List.of("stock-reserved", "stock-released"),
                    List.of("ORDER_CANCELLED", "ORDER_CONFIRMED"));

    /// Cancelled before the stock had answered.
    static final End CANCELLED_EARLY =
            new End(
                    "CANCELLED",
                    List.of("order-placed", "order-cancelled"),
                    "RELEASED",
                    List.of("stock-reserved", "stock-released"),
                    List.of("ORDER_CANCELLED"));
}
