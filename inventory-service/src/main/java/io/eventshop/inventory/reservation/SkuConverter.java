package io.eventshop.inventory.reservation;

import io.eventshop.contracts.values.Sku;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/// A SKU is text in the database, as it is on the wire.
@Converter(autoApply = true)
class SkuConverter implements AttributeConverter<Sku, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable Sku sku) {
        return sku == null ? null : sku.value();
    }

    @Override
    public @Nullable Sku convertToEntityAttribute(@Nullable String column) {
        return column == null ? null : new Sku(column);
    }
}
