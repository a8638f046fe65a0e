package io.eventshop.notifications.notification;

import io.eventshop.contracts.values.EmailAddress;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/// An address as text. Without it the entity would hold a bare string, which Hibernate's log shows.
@Converter(autoApply = true)
class EmailAddressConverter implements AttributeConverter<EmailAddress, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable EmailAddress address) {
        return address == null ? null : address.value();
    }

    @Override
    public @Nullable EmailAddress convertToEntityAttribute(@Nullable String text) {
        return text == null ? null : new EmailAddress(text);
    }
}
