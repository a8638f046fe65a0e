package io.eventshop.inventory.item.web;

import io.eventshop.inventory.item.CurrencyFixed;
import io.eventshop.inventory.item.ItemRefusal;
import io.eventshop.inventory.item.StockLimitReached;
import io.eventshop.inventory.item.UnknownItem;
import io.eventshop.web.problem.Problem;
import io.eventshop.web.problem.ServiceProblems;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The domain's refusals in the words of HTTP.
@Component
final class ItemProblems implements ServiceProblems {

    @Override
    public List<ItemProblem> types() {
        return List.of(ItemProblem.values());
    }

    @Override
    public @Nullable Problem of(Throwable thrown) {
        return thrown instanceof ItemRefusal refusal ? of(refusal) : null;
    }

    private static Problem of(ItemRefusal refusal) {
        return switch (refusal) {
            case UnknownItem _ -> Problem.notFound(refusal.getMessage());
            case CurrencyFixed _ ->
                    Problem.of(ItemProblem.CURRENCY_FIXED)
                            .detail(refusal.getMessage())
                            .at("/unitPrice/currency", "must stay what it was first");
            case StockLimitReached _ ->
                    Problem.of(ItemProblem.STOCK_LIMIT)
                            .detail(refusal.getMessage())
                            .at("/quantity", "is too large");
        };
    }
}
