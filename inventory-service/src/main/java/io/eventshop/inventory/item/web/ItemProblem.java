package io.eventshop.inventory.item.web;

import io.eventshop.web.problem.ProblemType;
import io.eventshop.web.problem.ProblemTypes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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

    private final HttpStatus status;
    private final String title;
    private final String meaning;
    private final String remedy;

    ItemProblem(HttpStatus status, String title, String meaning, String remedy) {
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
        ProblemTypes itemProblems() {
            return ProblemTypes.of(values());
        }
    }
}
