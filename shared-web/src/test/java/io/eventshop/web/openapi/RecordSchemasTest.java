package io.eventshop.web.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.contracts.values.Sku;
import io.eventshop.web.limits.PlainText;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordSchemasTest {

    record Parcel(Sku sku, @PlainText(max = 9) String label, @Nullable String note) {}

    static final class Other {
        record Parcel(String sku) {}
    }

    private final ModelConverters converters = new ModelConverters(true);

    @BeforeEach
    void register() {
        converters.addConverter(new RecordSchemas());
    }

    @Test
    void a_component_is_required_unless_it_may_be_null() {
        assertThat(parcel().getRequired()).containsExactlyInAnyOrder("sku", "label");
    }

    @Test
    void a_sku_is_a_text_of_its_form_and_plain_text_says_its_own() {
        assertThat(property("sku").getPattern()).isEqualTo("^(?:" + Sku.PATTERN + ")$");
        assertThat(property("label").getMaxLength()).isEqualTo(9);
        assertThat(property("label").getPattern()).startsWith("^(?=");
    }

    @Test
    void two_records_of_one_name_are_not_made_one() {
        var _ = parcel();

        assertThatThrownBy(() -> read(Other.Parcel.class))
                .hasMessageContaining("are both the schema Parcel");
    }

    private Schema<?> parcel() {
        return requireNonNull(read(Parcel.class).referencedSchemas.get("Parcel"));
    }

    private ResolvedSchema read(Class<?> type) {
        return converters.resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
    }

    private Schema<?> property(String name) {
        return requireNonNull((Schema<?>) parcel().getProperties().get(name));
    }
}
