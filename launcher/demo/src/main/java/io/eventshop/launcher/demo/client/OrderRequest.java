package io.eventshop.launcher.demo.client;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The body of `POST /api/v1/orders`.
public record OrderRequest(String customerId, String email, List<Line> lines) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public OrderRequest {
        lines = List.copyOf(lines);
    }

    public record Line(String sku, int quantity) {}

    /// An order of one line by the demo's only customer.
    public static OrderRequest of(String sku, int quantity) {
        return of("ada", "ada@example.org", Map.of(sku, quantity));
    }

    /// @param quantities by SKU, in the order of the lines
    public static OrderRequest of(String customer, String email, Map<String, Integer> quantities) {
        return new OrderRequest(
                customer,
                email,
                quantities.entrySet().stream()
                        .map(line -> new Line(line.getKey(), line.getValue()))
                        .toList());
    }

    public String json() {
        return JSON.writeValueAsString(this);
    }
}
