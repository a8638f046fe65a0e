package io.eventshop.inventory.item.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/// Goods that arrived.
record ReceiptRequest(@NotNull @Min(1) @Max(QUANTITY_MAX) @Schema(example = "500") Long quantity) {

    /// No delivery brings more; a slip of the finger might.
    static final long QUANTITY_MAX = 1_000_000_000;
}
