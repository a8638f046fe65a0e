package io.eventshop.orders.order.web;

import io.eventshop.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/// Why an order is refused. A constant's name makes its slug: never rename one.
enum OrderProblem implements ProblemType {
    UNKNOWN_SKU(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "An item is not known",
            "The order names an item that is not for sale, or that was listed so recently that its"
                    + " price has not arrived here yet. Nothing was ordered.",
            "Look at `errors` for the lines. If the item was listed a moment ago, try again in a"
                    + " second; otherwise correct the SKU."),
    MIXED_CURRENCIES(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "All items of an order have prices in one currency",
            "An order has one total, and amounts in different currencies are not added up. Nothing"
                    + " was ordered.",
            "Place one order for each currency; `errors` names the lines that differ from the"
                    + " first."),
    TOTAL_TOO_LARGE(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The order's total is too large",
            "The total is larger than can be charged in one order. Nothing was ordered.",
            "Order fewer, or in several orders."),
    ORDER_NOT_CANCELLABLE(
            HttpStatus.CONFLICT,
            "The order cannot be cancelled",
            "Only an order that is PENDING or CONFIRMED can be cancelled; this one has ended"
                    + " already.",
            "Read the order: its status and history say how it ended.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final About about;

    OrderProblem(HttpStatus status, String title, String meaning, String remedy) {
        about = new About(status, title, meaning, remedy);
    }

    @Override
    public About about() {
        return about;
    }
}
