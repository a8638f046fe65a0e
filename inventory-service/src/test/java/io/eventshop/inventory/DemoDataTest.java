package io.eventshop.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.stock.StockReceived;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService;
import io.eventshop.inventory.item.ItemService.ListItem;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.context.ApplicationContext;

@InventoryTest
class DemoDataTest {

    @Autowired private ItemService items;
    @Autowired private Inventory inventory;
    @Autowired private ApplicationContext application;

    @Test
    void nobody_gets_demo_data_who_did_not_ask_for_it() {
        assertThat(application.getBeansOfType(DemoData.class)).isEmpty();
    }

    @Test
    void instances_that_start_at_once_and_again_introduce_each_item_once()
            throws InterruptedException, ExecutionException {
        try (var instances = Executors.newFixedThreadPool(2)) {
            var one = instances.submit(this::start);
            var other = instances.submit(this::start);
            one.get();
            other.get();
        }
        start();

        assertThat(DemoData.STOCK)
                .hasSize(8)
                .allSatisfy(stock -> {
                    var sku = stock.item().sku();
                    var receipt = new StockReceived(sku, stock.quantity(), stock.quantity());
                    assertThat(inventory.listingsOf(sku))
                            .filteredOn(listing(stock)::equals)
                            .hasSize(1);
                    assertThat(inventory.stockEventsAbout(sku))
                            .filteredOn(receipt::equals)
                            .hasSize(stock.quantity() > 0 ? 1 : 0);
                });
        assertThat(inventory.item(new Sku("SOLD-OUT-1")).available()).isZero();
    }

    @Test
    void what_was_changed_in_the_demo_stays_changed() {
        start();
        var price = new Money(1, "EUR");
        var _ = items.list(new ListItem(new Sku("CABLE-1"), "Cheap cable", price, 0), _ -> {});

        start();

        assertThat(inventory.item(new Sku("CABLE-1")).unitPrice()).isEqualTo(price);
    }

    private static ItemListed listing(DemoData.Stock stock) {
        return new ItemListed(stock.item().sku(), stock.item().name(), stock.item().unitPrice());
    }

    private void start() {
        new DemoData(items).run(new DefaultApplicationArguments());
    }
}
