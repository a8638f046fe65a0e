package io.eventshop.launcher.commands;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The body of `POST /api/v1/orders`.
record OrderRequest(String customerId, String email, List<Line> lines) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Line(String sku, int quantity) {}

    /// An order of one line by the demo's only customer.
    static String of(String sku, int quantity) {
        return JSON.writeValueAsString(
                new OrderRequest("ada", "ada@example.org", List.of(new Line(sku, quantity))));
    }
}
