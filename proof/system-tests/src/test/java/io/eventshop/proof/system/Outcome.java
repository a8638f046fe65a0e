package io.eventshop.proof.system;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.internal.codec.Envelope;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.proof.check.ShopLedger;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.proof.shop.ShopClient;
import io.eventshop.proof.system.OrderStream.Placed;
import io.eventshop.testkit.KafkaProbe;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// What must be known everywhere about orders that have come to their end: each of them, nothing
/// else, and in the quantities and at the prices at which it was placed.
///
/// @param cancelled those that their customers cancelled before the stock had answered
record Outcome(List<Placed> placed, Set<UUID> cancelled) {

    private static final EventCodec CODEC = new EventCodec(ShopEvents.CATALOG);

    void assertIn(Shop shop, KafkaProbe topics) throws SQLException {
        var ledger = ShopLedger.of(shop);
        assertThat(ledger.rows(Services.ORDER, "select id, status from orders"))
                .as("orders")
                .containsExactlyInAnyOrderElementsOf(
                        each(order -> "%s,%s".formatted(order.id(), status(order))));
        assertThat(
                        ledger.rows(
                                Services.INVENTORY,
                                """
                                select r.order_id, l.sku, l.quantity, r.status
                                  from reservation r
                                  join reservation_line l on l.order_id = r.order_id
                                """))
                .as("reservations")
                .containsExactlyInAnyOrderElementsOf(
                        each(order ->
                                "%s,%s,%d,%s"
                                        .formatted(
                                                order.id(),
                                                order.sku(),
                                                order.quantity(),
                                                reservation(order))));
        assertThat(
                        ledger.rows(
                                Services.NOTIFICATION,
                                "select order_id, kind, recipient, status from notification"))
                .as("mails")
                .containsExactlyInAnyOrderElementsOf(
                        each(order ->
                                "%s,ORDER_%s,%s,SENT"
                                        .formatted(order.id(), status(order), ShopClient.EMAIL)));
        assertThat(read(topics)).as("what is read in the topic").isEqualTo(said(ledger));
    }

    private List<String> each(Function<Placed, String> row) {
        return placed.stream().map(row).toList();
    }

    private String status(Placed order) {
        if (cancelled.contains(order.id())) {
            return "CANCELLED";
        }
        return order.isSoldOut() ? "REJECTED" : "CONFIRMED";
    }

    private String reservation(Placed order) {
        if (order.isSoldOut()) {
            return "REJECTED";
        }
        return cancelled.contains(order.id()) ? "RELEASED" : "RESERVED";
    }

    /// Every `OrderPlaced`, of whatever version, as its readers of today see it.
    private static Map<UUID, OrderPlaced> read(KafkaProbe topics) {
        return topics.records(Topics.ORDERS.name()).stream()
                .map(record -> CODEC.decode(new Envelope(record.attributes(), record.bytes())))
                .filter(OrderPlaced.class::isInstance)
                .map(OrderPlaced.class::cast)
                .collect(toMap(OrderPlaced::orderId, event -> event, (first, again) -> again));
    }

    private Map<UUID, OrderPlaced> said(ShopLedger ledger) throws SQLException {
        var prices =
                ledger
                        .rows(
                                Services.INVENTORY,
                                "select sku, unit_price_minor, currency from item")
                        .stream()
                        .map(row -> row.split(",", -1))
                        .collect(
                                toMap(
                                        row -> row[0],
                                        row -> new Money(Long.parseLong(row[1]), row[2])));
        return placed.stream()
                .collect(
                        toMap(
                                Placed::id,
                                order -> said(order, requireNonNull(prices.get(order.sku())))));
    }

    private static OrderPlaced said(Placed order, Money price) {
        return new OrderPlaced(
                order.id(),
                ShopClient.CUSTOMER,
                new EmailAddress(ShopClient.EMAIL),
                List.of(new OrderPlaced.Line(new Sku(order.sku()), order.quantity(), price)),
                price.times(order.quantity()));
    }
}
