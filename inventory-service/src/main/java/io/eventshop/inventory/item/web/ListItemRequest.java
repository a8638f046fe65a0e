package io.eventshop.inventory.item.web;

import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService;
import io.eventshop.web.limits.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/// How an item shall be listed.
///
/// @param reorderLevel the buyer is told when a reservation takes the available quantity down to
///   this or below
record ListItemRequest(
        @NotNull @PlainText(max = NAME_LENGTH_MAX) @Schema(example = "Mechanical keyboard")
                String name,
        @NotNull @Valid Price unitPrice,
        @NotNull @Min(0) @Max(ItemService.QUANTITY_MAX) @Schema(example = "1000")
                Long reorderLevel) {

    /// As the schema of `ItemListed` has it; a code point may be two of its characters.
    static final int NAME_LENGTH_MAX = 200;

    /// @param amountMinor in the minor unit of the currency: 4990 EUR is 49.90 €
    /// @param currency an ISO 4217 code; fixed when the item is listed first
    record Price(
            @NotNull @Min(0) @Max(Money.AMOUNT_MAX) @Schema(example = "4990") Long amountMinor,
            @NotNull
                    @Pattern(
                            regexp = "[A-Z]{3}",
                            message = "must be three capital letters (ISO 4217)")
                    @Schema(example = "EUR")
                    String currency) {}

    ItemService.ListItem of(Sku sku) {
        return new ItemService.ListItem(
                sku, name, new Money(unitPrice.amountMinor(), unitPrice.currency()), reorderLevel);
    }
}
