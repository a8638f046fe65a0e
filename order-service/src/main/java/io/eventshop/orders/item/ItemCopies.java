package io.eventshop.orders.item;

import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.EventMetadata;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What is known here about the items on sale. An item that was listed a moment ago may not be
/// known yet.
@Repository
public class ItemCopies {

    private final JdbcClient jdbc;

    ItemCopies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The prices of those that are known.
    public Map<Sku, Money> pricesOf(Collection<Sku> skus) {
        return jdbc
                .sql(
                        """
                        select sku, unit_price_minor, currency
                        from item_copy
                        where sku = any(:skus)
                        """)
                .param("skus", skus.stream().map(Sku::value).toArray(String[]::new))
                .query((row, _) ->
                        Map.entry(
                                new Sku(row.getString("sku")),
                                new Money(
                                        row.getLong("unit_price_minor"),
                                        row.getString("currency"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Keeps the newest that was said: a duplicate, or what arrives after its successor, changes
    /// nothing.
    public void on(ItemListed item, EventMetadata metadata) {
        jdbc.sql(
                        """
                        insert into item_copy (sku, name, unit_price_minor, currency, version)
                        values (:sku, :name, :price, :currency, :version)
                        on conflict (sku) do update
                        set name = excluded.name,
                            unit_price_minor = excluded.unit_price_minor,
                            currency = excluded.currency,
                            version = excluded.version
                        where item_copy.version < excluded.version
                        """)
                .param("sku", item.sku().value())
                .param("name", item.name())
                .param("price", item.unitPrice().amountMinor())
                .param("currency", item.unitPrice().currency())
                .param("version", metadata.aggregateVersion())
                .update();
    }

    public long count() {
        return jdbc.sql("select count(*) from item_copy").query(Long.class).single();
    }
}
