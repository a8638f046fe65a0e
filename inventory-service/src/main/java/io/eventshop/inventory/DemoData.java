package io.eventshop.inventory;

import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService;
import io.eventshop.inventory.item.ItemService.ListItem;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// Eight items to play with, where `eventshop.demo-data` is true. They are listed once, by
/// whichever instance comes first; later starts leave them as they are.
///
/// `SOLD-OUT-1` never receives anything, so an order for it is always rejected. `DESK-1` stands
/// just above its reorder level: one order of a thousand makes it low, and the buyer gets a mail.
@Component
@ConditionalOnProperty("eventshop.demo-data")
class DemoData implements ApplicationRunner {

    static final long ON_HAND = 1_000_000;

    private static final long SELDOM_LOW = 1_000;

    static final List<Stock> STOCK =
            List.of(
                    new Stock("KEYBOARD-1", "Mechanical keyboard", 4990, SELDOM_LOW, ON_HAND),
                    new Stock("MOUSE-1", "Wireless mouse", 2490, SELDOM_LOW, ON_HAND),
                    new Stock("MONITOR-1", "27 inch monitor", 22900, SELDOM_LOW, ON_HAND),
                    new Stock("CABLE-1", "USB-C cable, 1 m", 700, SELDOM_LOW, ON_HAND),
                    new Stock("HEADSET-1", "Headset with microphone", 5990, SELDOM_LOW, ON_HAND),
                    new Stock("WEBCAM-1", "Full HD webcam", 4490, SELDOM_LOW, ON_HAND),
                    new Stock("DESK-1", "Standing desk", 39900, ON_HAND - 1_000, ON_HAND),
                    new Stock("SOLD-OUT-1", "Sold-out souvenir", 990, 0, 0));

    private final ItemService items;

    DemoData(ItemService items) {
        this.items = items;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        STOCK.forEach(stock -> items.introduce(stock.item(), stock.quantity()));
    }

    record Stock(ListItem item, long quantity) {

        private Stock(String sku, String name, long cents, long reorderLevel, long quantity) {
            this(new ListItem(new Sku(sku), name, new Money(cents, "EUR"), reorderLevel), quantity);
        }
    }
}
