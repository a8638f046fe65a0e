package io.eventshop.inventory.reservation;

import static io.eventshop.inventory.Inventory.cancelled;
import static io.eventshop.inventory.Inventory.line;
import static io.eventshop.inventory.Inventory.newOrder;
import static io.eventshop.inventory.Inventory.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.inventory.Inventory;
import io.eventshop.inventory.InventoryTest;
import io.eventshop.inventory.Statements;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@InventoryTest
class StatementCountTest {

    @Autowired private Inventory inventory;

    @Test
    void a_batch_is_loaded_by_two_statements_however_many_orders_it_has() {
        assertThat(reading(batchOf(1))).hasSize(2);
        assertThat(reading(batchOf(20))).hasSize(2);
    }

    @Test
    void a_batch_of_cancellations_is_loaded_by_two_statements_as_well() {
        assertThat(reading(cancellationsOf(1))).hasSize(2);
        assertThat(reading(cancellationsOf(20))).hasSize(2);
    }

    @Test
    void an_order_is_written_by_three_statements_however_many_lines_it_has() {
        var one = writing(List.of(order(1)));
        var many = writing(List.of(order(10)));

        assertThat(one).hasSize(3);
        assertThat(many).hasSize(3);
    }

    private List<String> reading(List<Event> batch) {
        return statements(batch).stream().filter(sql -> sql.startsWith("select")).toList();
    }

    private List<String> writing(List<Event> batch) {
        return statements(batch).stream().filter(sql -> !sql.startsWith("select")).toList();
    }

    private List<String> statements(List<Event> batch) {
        return Statements.during(() -> inventory.hears(batch.toArray(Event[]::new)));
    }

    private List<Event> batchOf(int orders) {
        var batch = new ArrayList<Event>();
        for (int i = 0; i < orders; i++) {
            batch.add(order(2));
        }
        return batch;
    }

    private List<Event> cancellationsOf(int orders) {
        var cancellations = new ArrayList<Event>();
        for (int i = 0; i < orders; i++) {
            var order = order(2);
            inventory.hears(order);
            cancellations.add(cancelled(order.orderId()));
        }
        return cancellations;
    }

    private OrderPlaced order(int lines) {
        var items = new ArrayList<OrderPlaced.Line>();
        for (int i = 0; i < lines; i++) {
            items.add(line(inventory.itemWith(10), 1));
        }
        return placed(newOrder(), items.toArray(OrderPlaced.Line[]::new));
    }
}
