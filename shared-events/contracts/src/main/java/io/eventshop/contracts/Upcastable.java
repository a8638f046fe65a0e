package io.eventshop.contracts;

/// A superseded version of an event that knows its successor. Chains of these (`V1 → V2 → V3`) let
/// handlers see only the newest version.
///
/// @param <N> the next version
public interface Upcastable<N> {

    /// The same fact in the words of the next version. Never fails: whatever the old version could
    /// say, the new one can.
    N upcast();
}
