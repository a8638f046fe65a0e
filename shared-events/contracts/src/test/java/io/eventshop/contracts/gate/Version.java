package io.eventshop.contracts.gate;

import io.eventshop.contracts.EventType;
import java.util.Comparator;

/// A full version of an event.
record Version(int major, int minor, int patch) implements Comparable<Version> {

    static final Version FIRST = new Version(1, 0, 0);

    private static final Comparator<Version> ORDER =
            Comparator.comparingInt(Version::major)
                    .thenComparingInt(Version::minor)
                    .thenComparingInt(Version::patch);

    static Version of(EventType<?> type) {
        return of(type.version());
    }

    static Version of(String text) {
        var numbers = text.split("\\.", -1);
        if (numbers.length != 3) {
            throw new IllegalArgumentException("a version has three numbers, not: " + text);
        }
        return new Version(
                Integer.parseInt(numbers[0]),
                Integer.parseInt(numbers[1]),
                Integer.parseInt(numbers[2]));
    }

    /// What the version after this one is called, if this has changed.
    Version after(Change.Kind kind) {
        return switch (kind) {
            case WORDING -> new Version(major, minor, patch + 1);
            case ADDITIVE -> new Version(major, minor + 1, 0);
            case BREAKING -> new Version(major + 1, 0, 0);
        };
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
