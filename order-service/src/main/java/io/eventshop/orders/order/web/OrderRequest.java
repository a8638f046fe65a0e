package io.eventshop.orders.order.web;

import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Sku;
import io.eventshop.orders.order.PlaceOrder;
import io.eventshop.orders.order.RefusedOrder;
import io.eventshop.web.limits.PlainText;
import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;

/// The body of `POST /api/v1/orders`.
record OrderRequest(
        @NotNull @PlainText(max = CUSTOMER_ID_MAX) @Schema(example = "customer-1")
                String customerId,
        @NotNull @Deliverable EmailAddress email,
        @NotNull @Size(min = 1, max = LINES_MAX) List<@NotNull @Valid Line> lines) {

    /// As long as the column; ids of customers are made by others, and UUIDs are 36.
    static final int CUSTOMER_ID_MAX = 64;

    /// More than a basket, and few enough for one event of a few kilobytes and for one reservation
    /// that locks all its items.
    static final int LINES_MAX = 50;

    /// Keeps a typing error from emptying the shop.
    static final int QUANTITY_MAX = 10_000;

    @Schema(name = "OrderRequestLine")
    record Line(
            @NotNull
                    @Pattern(regexp = Sku.PATTERN, message = "must be 1 to 32 of A-Z, 0-9 and -")
                    @Schema(example = "KEYBOARD-1")
                    String sku,
            @NotNull @Min(1) @Max(QUANTITY_MAX) @Schema(example = "2") Integer quantity) {}

    /// The wish, with lines of the same SKU made one and the address as mail is sent to it.
    PlaceOrder toWish() {
        var quantities = new LinkedHashMap<Sku, Integer>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            int quantity = quantities.merge(new Sku(line.sku()), line.quantity(), Integer::sum);
            if (quantity > QUANTITY_MAX) {
                throw Problem.of(CommonProblem.INVALID_REQUEST)
                        .at(
                                "/lines/" + i + "/quantity",
                                "all lines of one SKU together must be at most " + QUANTITY_MAX);
            }
        }
        return new PlaceOrder(
                customerId,
                email.deliverable().orElseThrow(),
                quantities.entrySet().stream()
                        .map(one -> new PlaceOrder.Line(one.getKey(), one.getValue()))
                        .toList());
    }

    Problem problem(RefusedOrder refused) {
        return switch (refused.why()) {
            case UNKNOWN_SKU ->
                    problem(
                            OrderProblem.UNKNOWN_SKU,
                            refused.skus(),
                            "no item with this SKU is known; one that was listed a moment ago may"
                                    + " not be known yet");
            case MIXED_CURRENCIES ->
                    problem(
                            OrderProblem.MIXED_CURRENCIES,
                            refused.skus(),
                            "has its price in another currency than the first");
            case TOTAL_TOO_LARGE ->
                    problem(
                            OrderProblem.TOTAL_TOO_LARGE,
                            refused.skus(),
                            "makes the total larger than can be charged");
        };
    }

    /// Names the lines that a refusal is about as the client has numbered them.
    private Problem problem(OrderProblem type, List<Sku> skus, String detail) {
        var problem = Problem.of(type);
        for (int i = 0; i < lines.size(); i++) {
            if (skus.contains(new Sku(lines.get(i).sku()))) {
                problem = problem.at("/lines/" + i + "/sku", detail);
            }
        }
        return problem;
    }
}
