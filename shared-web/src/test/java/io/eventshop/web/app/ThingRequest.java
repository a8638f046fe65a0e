package io.eventshop.web.app;

import io.eventshop.web.limits.PlainText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record ThingRequest(
        @NotNull @PlainText(max = 40) String name,
        @NotNull @Min(1) @Max(1000) Integer quantity,
        @Nullable Kind kind,
        @Nullable Boolean urgent,
        @Size(max = 3) @Nullable List<@Valid @NotNull Part> parts,
        @Nullable Map<String, @PlainText(max = 5) String> notes) {

    public enum Kind {
        SMALL,
        LARGE
    }

    public record Part(@NotNull @PlainText(max = 10) String sku) {}
}
