package io.eventshop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.contracts.EventType;
import io.eventshop.contracts.shop.ShopEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// An event's data as it was published in one version: what every later release must still read.
///
/// @param name of its file, without the ending
/// @param json as in the file
public record GoldenSample(EventType<?> type, String name, String json) {

    /// Of all versions that are in the catalog, in its order.
    public static Stream<GoldenSample> all() {
        return ShopEvents.CATALOG.types().stream().flatMap(type -> of(type).stream());
    }

    /// Of this version, by name.
    public static List<GoldenSample> of(EventType<?> type) {
        String pattern = "classpath*:/samples/" + type.name() + "/" + type.version() + "/*.json";
        var samples = new ArrayList<GoldenSample>();
        try {
            for (var file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                String name = String.valueOf(file.getFilename()).replace(".json", "");
                samples.add(new GoldenSample(type, name, file.getContentAsString(UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        samples.sort(Comparator.comparing(GoldenSample::name));
        return samples;
    }

    @Override
    public String toString() {
        return type.name() + " " + type.version() + " " + name;
    }
}
