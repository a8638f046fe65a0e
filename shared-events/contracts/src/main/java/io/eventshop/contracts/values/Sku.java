package io.eventshop.contracts.values;

import io.eventshop.contracts.TextForm;
import java.util.regex.Pattern;

/// A stock keeping unit, the id of an item: 1 to 32 of `A–Z`, `0–9` and `-`, starting with a letter
/// or digit. On the wire it is a plain string.
@TextForm(pattern = Sku.PATTERN, example = "KEYBOARD-1")
public record Sku(String value) implements Comparable<Sku> {

    /// The accepted form, for those who check input before they make a [Sku].
    public static final String PATTERN = "[A-Z0-9][A-Z0-9-]{0,31}";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    public Sku {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a SKU is 1 to 32 of A-Z, 0-9 and '-', not: " + value.length() + " others");
        }
    }

    @Override
    public int compareTo(Sku other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
