package io.eventshop.contracts.gate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A keyword that bounds a value from above or below. Missing means unbounded.
record Limit(String keyword, boolean upper) {

    static final List<Limit> ALL =
            List.of(
                    new Limit("minimum", false),
                    new Limit("maximum", true),
                    new Limit("minLength", false),
                    new Limit("maxLength", true),
                    new Limit("minItems", false),
                    new Limit("maxItems", true));

    Optional<Change> compare(String at, JsonNode older, JsonNode newer) {
        var before = value(older);
        var after = value(newer);
        if (before == null ? after == null : after != null && before.compareTo(after) == 0) {
            return Optional.empty();
        }
        return Optional.of(
                narrows(before, after)
                        ? Change.breaking(
                                at,
                                "has a narrower " + keyword,
                                "new readers refuse the events in the topic that go beyond it",
                                "leave it as it was and write less")
                        : Change.breaking(
                                at,
                                "has a wider " + keyword,
                                "old readers refuse new events that go beyond theirs",
                                "leave it as it was"));
    }

    private boolean narrows(@Nullable BigDecimal before, @Nullable BigDecimal after) {
        if (before == null || after == null) {
            return before == null;
        }
        return upper ? after.compareTo(before) < 0 : after.compareTo(before) > 0;
    }

    private @Nullable BigDecimal value(JsonNode schema) {
        var limit = schema.path(keyword);
        return limit.isNumber() ? limit.decimalValue() : null;
    }
}
