package io.eventshop.orders.order.web;

import io.eventshop.web.problem.ProblemType;
import io.eventshop.web.problem.ProblemTypes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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

    private final HttpStatus status;
    private final String title;
    private final String meaning;
    private final String remedy;

    OrderProblem(HttpStatus status, String title, String meaning, String remedy) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }

    /// Gives each of them its page.
    @Configuration(proxyBeanMethods = false)
    static class Pages {

        @Bean
        ProblemTypes orderProblems() {
            return ProblemTypes.of(values());
        }
    }
}
