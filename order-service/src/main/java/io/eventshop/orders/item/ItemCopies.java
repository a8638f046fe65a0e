package io.eventshop.orders.item;

import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.EventMetadata;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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
                .param("skus", skus.stream().map(Sku::value).toArray(String[]::new))
                .query(row -> {
                    var price =
                            new Money(row.getLong("unit_price_minor"), row.getString("currency"));
                    prices.put(new Sku(row.getString("sku")), price);
                });
        return prices;
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

    /// How many are known, in `/actuator/info`: whoever starts the system can see when orders can
    /// be placed.
    @Override
    public void contribute(Info.Builder builder) {
        var known = jdbc.sql("select count(*) from item_copy").query(Long.class).single();
        builder.withDetail("items", Map.of("known", known));
    }
}
