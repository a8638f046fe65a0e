package io.eventshop.messaging.database;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One column of many rows, as the parameter of a statement that writes them all.
public final class Column {

    private Column() {}

    /// The values as text, for PostgreSQL to cast (`cast(:ids as uuid[])`): its driver knows no
    /// arrays of UUIDs or instants.
    public static <T> @Nullable String[] of(
            Collection<T> rows, Function<? super T, ? extends @Nullable Object> value) {
        return rows.stream()
                .map(row -> {
                    Object it = value.apply(row);
                    return it == null ? null : it.toString();
                })
                .toArray(String[]::new);
    }
}
