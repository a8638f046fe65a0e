package io.eventshop.messaging.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Personal;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.messaging.transport.Attributes;
import io.eventshop.testkit.ClosedSchemas;
import io.eventshop.testkit.GoldenSample;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Every sample of every version that was ever published can still be read, and what is written
/// today is what the newest sample says.
class GoldenSamplesTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final EventCodec codec = new EventCodec(ShopEvents.CATALOG);

    static Stream<GoldenSample> samples() {
        return GoldenSample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void decodes_and_upcasts_to_an_event_of_today(GoldenSample sample) {
        Event event = codec.decode(envelope(sample));

        assertThat(ShopEvents.CATALOG.of(event.getClass()).family())
                .isEqualTo(sample.type().family());
        assertThat(event.aggregateId()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void is_written_today_as_its_newest_version(GoldenSample sample) {
        Event event = codec.decode(envelope(sample));
        EventType<?> newest = ShopEvents.CATALOG.of(event.getClass());

        String written = new String(codec.encode(event), StandardCharsets.UTF_8);

        assertThat(ClosedSchemas.violations(newest, written)).isEmpty();
        if (newest.equals(sample.type())) {
            assertThat(JSON.readTree(written)).isEqualTo(JSON.readTree(sample.json()));
            assertThat(written)
                    .as("fields stand in the order of the sample")
                    .isEqualTo(JSON.readTree(sample.json()).toString());
        }
    }

    /// Whoever logs an event shows nobody.
    @ParameterizedTest
    @MethodSource("samples")
    void shows_nothing_personal(GoldenSample sample) throws ReflectiveOperationException {
        Event event = codec.decode(envelope(sample));

        for (var component : event.getClass().getRecordComponents()) {
            if (component.getType().isAnnotationPresent(Personal.class)) {
                Object personal = component.getAccessor().invoke(event);
                Object value = component.getType().getMethod("value").invoke(personal);
                assertThat(event.toString()).contains(component.getName() + "=");
                assertThat(event.toString()).doesNotContain(value.toString());
            }
        }
    }

    private static Envelope envelope(GoldenSample sample) {
        return new Envelope(
                Map.of(Attributes.TYPE, sample.type().wireName()),
                sample.json().getBytes(StandardCharsets.UTF_8));
    }
}
