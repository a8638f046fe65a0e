package io.eventshop.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.orders.history.OrderPlacedV1;
import io.eventshop.contracts.shop.ShopEvents;
import org.junit.jupiter.api.Test;

class EventCatalogTest {

    @Test
    void a_wire_name_stands_for_the_newest_minor_version_of_its_major() {
        assertThat(ShopEvents.CATALOG.byWireName("org.eventshop.orders.order-placed.v1"))
                .hasValueSatisfying(type -> {
                    assertThat(type.version()).isEqualTo("1.1.0");
                    assertThat(type.payload()).isEqualTo(OrderPlacedV1.class);
                });
        assertThat(ShopEvents.CATALOG.byWireName("org.eventshop.orders.order-placed.v2"))
                .hasValueSatisfying(
                        type -> assertThat(type.payload()).isEqualTo(OrderPlaced.class));
    }

    @Test
    void a_major_version_that_is_not_listed_has_no_type() {
        assertThat(ShopEvents.CATALOG.byWireName("org.eventshop.orders.order-placed.v3")).isEmpty();
        assertThat(ShopEvents.CATALOG.byWireName("org.eventshop.orders.order-placed.v11"))
                .isEmpty();
    }

    @Test
    void a_record_is_written_as_the_newest_version_that_has_it() {
        assertThat(ShopEvents.CATALOG.of(OrderPlaced.class).schemaPath())
                .isEqualTo("/schemas/orders.order-placed/2.0.0");
        assertThat(ShopEvents.CATALOG.of(OrderPlacedV1.class).version()).isEqualTo("1.1.0");
        assertThatThrownBy(() -> ShopEvents.CATALOG.of(Event.class))
                .hasMessageContaining("is not in the event catalog");
    }
}
