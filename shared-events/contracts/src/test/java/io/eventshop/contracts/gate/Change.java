package io.eventshop.contracts.gate;

import java.util.Locale;

/// One difference between two versions of a schema.
///
/// @param sentence what changed and whom it concerns; for a breaking change, also what to do
///   instead
record Change(Kind kind, String sentence) {

    /// From harmless to harmful.
    enum Kind {
        /// Only people see it.
        WORDING,
        /// Readers of either version read what writers of the other write.
        ADDITIVE,
        /// Somebody cannot read what somebody else writes.
        BREAKING;

        /// As it stands in `changes.md`.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Change wording(String pointer, String what) {
        return new Change(Kind.WORDING, "`%s` %s".formatted(pointer, what));
    }

    static Change additive(String pointer, String what, String whom) {
        return new Change(Kind.ADDITIVE, "`%s` %s: %s".formatted(pointer, what, whom));
    }

    static Change breaking(String pointer, String what, String whom, String instead) {
        return new Change(
                Kind.BREAKING,
                "`%s` %s: %s; %s, or publish a new major".formatted(pointer, what, whom, instead));
    }
}
