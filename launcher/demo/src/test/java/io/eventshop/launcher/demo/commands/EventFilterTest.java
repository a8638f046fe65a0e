package io.eventshop.launcher.demo.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventFilterTest {

    private static final EventLine PLACED = event("e1", "order-1", "-");
    private static final EventLine RESERVED = event("e2", "order-1", "e1");
    private static final EventLine STOCK_LOW = event("e3", "DESK-1", "e1");
    private static final EventLine OTHER = event("e4", "order-2", "-");

    @Test
    void an_order_is_followed_to_what_it_has_caused() {
        var filter = new EventFilter("order-1");

        assertThat(Stream.of(PLACED, OTHER, RESERVED, STOCK_LOW).filter(filter::admits))
                .containsExactly(PLACED, RESERVED, STOCK_LOW);
    }

    @Test
    void without_an_order_everything_is_shown() {
        var filter = new EventFilter("");

        assertThat(Stream.of(PLACED, OTHER, STOCK_LOW).filter(filter::admits)).hasSize(3);
    }

    private static EventLine event(String id, String key, String causation) {
        return new EventLine(0, "", "", id, "", key, "", causation);
    }
}
