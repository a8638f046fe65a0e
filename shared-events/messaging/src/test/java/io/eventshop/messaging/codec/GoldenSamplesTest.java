package io.eventshop.messaging.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.EventType;
import io.eventshop.testkit.ClosedSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.json.JsonMapper;

/// Every sample of every version that was ever published can still be read, and what is written
/// today is what the newest sample says.
class GoldenSamplesTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final EventCodec codec = new EventCodec();

    record Sample(EventType<?> type, String file, String text) {
        @Override
        public String toString() {
            return type.name() + " " + type.version() + " " + file;
        }
    }

    static Stream<Sample> samples() {
        return EventCatalog.all().stream().flatMap(GoldenSamplesTest::samplesOf);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void decodes_and_upcasts_to_an_event_of_today(Sample sample) {
        Event event = codec.decode(envelope(sample.type(), sample.text()));

        assertThat(EventCatalog.of(event.getClass()).family()).isEqualTo(sample.type().family());
        assertThat(event.aggregateId()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void is_written_today_as_its_newest_version(Sample sample) {
        Event event = codec.decode(envelope(sample.type(), sample.text()));
        EventType<?> newest = EventCatalog.of(event.getClass());

        String written = new String(codec.encode(event), StandardCharsets.UTF_8);

        assertThat(ClosedSchemas.violations(newest, written)).isEmpty();
        if (newest.equals(sample.type())) {
            assertThat(JSON.readTree(written)).isEqualTo(JSON.readTree(sample.text()));
            assertThat(written)
                    .as("fields stand in the order of the sample")
                    .isEqualTo(JSON.readTree(sample.text()).toString());
        }
    }

    static Envelope envelope(EventType<?> type, String data) {
        return new Envelope(
                Map.of(Attributes.TYPE, type.wireName()), data.getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<Sample> samplesOf(EventType<?> type) {
        String pattern = "classpath*:/samples/" + type.name() + "/" + type.version() + "/*.json";
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(pattern))
                    .map(resource -> sample(type, resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sample sample(EventType<?> type, Resource resource) {
        try {
            return new Sample(
                    type,
                    String.valueOf(resource.getFilename()),
                    resource.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
