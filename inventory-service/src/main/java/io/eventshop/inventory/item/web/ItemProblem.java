package io.eventshop.inventory.item.web;

import io.eventshop.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/// Why a change of an item is refused. A constant's name makes its slug: never rename one.
enum ItemProblem implements ProblemType {
    CURRENCY_FIXED(
            HttpStatus.CONFLICT,
            "An item keeps its currency",
            "Orders have been placed at prices in the currency that the item was first listed with,"
                    + " so it can never have another.",
            "Send the price in that currency, or list another item under another SKU."),
    STOCK_LIMIT(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "There would be too much of an item",
            "The receipt would make the quantity on hand larger than the largest that can be kept."
                    + " Nothing was received.",
            "Check the quantity; it is probably a typing error.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final About about;

    ItemProblem(HttpStatus status, String title, String meaning, String remedy) {
        about = new About(status, title, meaning, remedy);
    }

    @Override
    public About about() {
        return about;
    }
}
