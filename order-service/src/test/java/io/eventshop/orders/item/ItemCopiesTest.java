package io.eventshop.orders.item;

import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.orders.InboxProbe;
import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import io.eventshop.testkit.Fact;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is known about items comes from inventory's events and nowhere else.
@OrderServiceTest
class ItemCopiesTest {

    @Autowired Shop shop;
    @Autowired Inventory inventory;
    @Autowired InboxProbe inbox;
    @Autowired ItemCopies items;
    @Autowired JdbcClient jdbc;

    @Test
    void an_item_can_be_ordered_as_soon_as_its_listing_has_arrived() {
        var lamp = newSku();
        assertThat(shop.places(Shop.order("c", lamp.value())).slug()).isEqualTo("unknown-sku");

        inventory.says(new ItemListed(lamp, "Lamp", new Money(1_500, "EUR")));

        eventually(() ->
                assertThat(shop.places(Shop.order("c", lamp.value())).status()).isEqualTo(202));
    }

    @Test
    void an_order_keeps_its_price_when_the_item_gets_another() {
        var lamp = newSku();
        says(lamp, 1_500, 1);
        var order = shop.places(Shop.order("c", lamp.value()));

        says(lamp, 2_000, 2);

        assertThat(shop.sees(order.id()).text("/total/amountMinor")).isEqualTo("1500");
        assertThat(shop.places(Shop.order("c", lamp.value())).text("/total/amountMinor"))
                .isEqualTo("2000");
    }

    @Test
    void what_is_older_or_the_same_changes_nothing() {
        var lamp = newSku();
        says(lamp, 2_000, 2);

        says(lamp, 1_500, 1);
        says(lamp, 9_999, 2);

        assertThat(items.pricesOf(List.of(lamp))).containsEntry(lamp, new Money(2_000, "EUR"));
    }

    @Test
    void a_version_that_cannot_be_freezes_no_price() {
        var lamp = newSku();
        says(lamp, 1_500, 1);
        var impossible =
                Fact.of(new ItemListed(lamp, "Lamp", new Money(1, "EUR")))
                        .withVersion(Long.MAX_VALUE);

        inventory.says(impossible);
        inbox.soonHasProcessed(impossible);

        assertThat(items.pricesOf(List.of(lamp))).containsEntry(lamp, new Money(1_500, "EUR"));
        assertThat(
                        jdbc.sql("select reason from messaging.dead_letter where event_id = :id")
                                .param("id", impossible.id())
                                .query(String.class)
                                .single())
                .contains("aggregateversion is not between 1 and");
    }

    /// A build that believed any version may have left one.
    @Test
    void the_repair_of_a_frozen_copy_tells_the_price_at_once_and_lets_later_ones_pass() {
        var lamp = newSku();
        says(lamp, 1_500, 1);
        jdbc.sql("update item_copy set unit_price_minor = 1, version = :frozen where sku = :sku")
                .param("frozen", Long.MAX_VALUE)
                .param("sku", lamp.value())
                .update();
        says(lamp, 2_000, 2);
        assertThat(items.pricesOf(List.of(lamp))).containsEntry(lamp, new Money(1, "EUR"));

        // As `docs/operations.md` has it.
        jdbc.sql(
                        """
                        update item_copy
                        set name = 'Lamp', unit_price_minor = 2000, currency = 'EUR', version = 1
                        where sku = '%s'
                        """
                                .formatted(lamp.value()))
                .update();

        assertThat(items.pricesOf(List.of(lamp))).containsEntry(lamp, new Money(2_000, "EUR"));
        says(lamp, 2_500, 3);
        assertThat(items.pricesOf(List.of(lamp))).containsEntry(lamp, new Money(2_500, "EUR"));
    }

    /// A statement that names a row twice would fail.
    @Test
    void of_one_batch_the_newest_counts() {
        var lamp = newSku();
        var batch = new ItemCopies.Listed();
        for (long version : List.of(1L, 3L, 2L)) {
            var listed = new ItemListed(lamp, "Lamp", new Money(1_000 * version, "EUR"));
            var metadata = Inventory.metadata(Fact.of(listed).withVersion(version));
            var _ = items.on(listed, metadata, batch);
        }

        items.keep(batch);

        assertThat(items.pricesOf(List.of(lamp))).containsEntry(lamp, new Money(3_000, "EUR"));
    }

    @Test
    void whoever_starts_the_system_can_see_how_many_items_are_known() {
        var info = shop.manages("/actuator/info");

        assertThat(info.status()).isEqualTo(200);
        assertThat(info.json().at("/items/known").asLong())
                .isEqualTo(jdbc.sql("select count(*) from item_copy").query(Long.class).single());
    }

    private void says(Sku sku, long price, long version) {
        var fact =
                Fact.of(new ItemListed(sku, "Lamp", new Money(price, "EUR"))).withVersion(version);
        inventory.says(fact);
        inbox.soonHasProcessed(fact);
    }

    private static Sku newSku() {
        return new Sku(
                "LAMP-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT));
    }
}
