package io.eventshop.proof.check;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Lines of an order or a reservation in one form, `CABLE-1=1,MOUSE-1=3`, whichever table, event or
/// request they come from. The SQL that makes the same is `LINES` of [TableReader].
final class Quantities {

    private Quantities() {}

    static String of(Map<String, Integer> quantities) {
        return new TreeMap<>(quantities)
                .entrySet().stream()
                        .map(line -> line.getKey() + "=" + line.getValue())
                        .collect(Collectors.joining(","));
    }

    /// @param lines of an event, each with `sku` and `quantity`
    static String of(JsonNode lines) {
        var quantities = new TreeMap<String, Integer>();
        for (JsonNode line : lines) {
            var _ =
                    quantities.merge(
                            line.path("sku").asString(""),
                            line.path("quantity").asInt(0),
                            Integer::sum);
        }
        return of(quantities);
    }
}
