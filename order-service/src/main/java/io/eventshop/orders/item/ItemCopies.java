package io.eventshop.orders.item;

import static java.util.Comparator.comparingLong;

import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.database.Column;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What is known here about the items on sale. An item that was listed a moment ago may not be
/// known yet.
@Repository
public class ItemCopies implements InfoContributor {

    private final JdbcClient jdbc;

    ItemCopies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The prices of those that are known.
    public Map<Sku, Money> pricesOf(Collection<Sku> skus) {
        var prices = new HashMap<Sku, Money>();
        jdbc.sql(
                        """
                        select sku, unit_price_minor, currency
                        from item_copy
                        where sku = any(:skus)
                        """)
                .param("skus", Column.of(skus, Sku::value))
                .query(row -> {
                    var price =
                            new Money(row.getLong("unit_price_minor"), row.getString("currency"));
                    prices.put(new Sku(row.getString("sku")), price);
                });
        return prices;
    }

    /// What one batch says last of each item, by its SKU.
    public static final class Listed {

        private final SortedMap<String, Version> items = new TreeMap<>();

        private record Version(ItemListed item, long number) {}
    }

    public List<NumberedEvent> on(ItemListed item, EventMetadata metadata, Listed listed) {
        listed.items.merge(
                item.sku().value(),
                new Listed.Version(item, metadata.aggregateVersion()),
                BinaryOperator.maxBy(comparingLong(Listed.Version::number)));
        return List.of();
    }

    /// Keeps the newest that was said: a duplicate, or what arrives after its successor, changes
    /// nothing.
    public void keep(Listed listed) {
        var items = listed.items.values();
        jdbc.sql(
                        """
                        insert into item_copy (sku, name, unit_price_minor, currency, version)
                        select *
                        from unnest(
                            cast(:skus as text[]), cast(:names as text[]),
                            cast(:prices as bigint[]), cast(:currencies as text[]),
                            cast(:versions as bigint[]))
                        on conflict (sku) do update
                        set name = excluded.name,
                            unit_price_minor = excluded.unit_price_minor,
                            currency = excluded.currency,
                            version = excluded.version
                        where item_copy.version < excluded.version
                        """)
                .param("skus", Column.of(items, it -> it.item().sku().value()))
                .param("names", Column.of(items, it -> it.item().name()))
                .param("prices", Column.of(items, it -> it.item().unitPrice().amountMinor()))
                .param("currencies", Column.of(items, it -> it.item().unitPrice().currency()))
                .param("versions", Column.of(items, Listed.Version::number))
                .update();
    }

    /// How many are known, in `/actuator/info`: whoever starts the system can see when orders can
    /// be placed.
    @Override
    public void contribute(Info.Builder builder) {
        var known = jdbc.sql("select count(*) from item_copy").query(Long.class).single();
        builder.withDetail("items", Map.of("known", known));
    }
}
