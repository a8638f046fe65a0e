package io.eventshop.proof.check;

/// Something that breaks a promise.
///
/// @param promise its number in `docs/guarantees.md`
/// @param sentence what is wrong, with the ids to look for
public record Finding(int promise, String sentence) {

    @Override
    public String toString() {
        return "promise %d: %s".formatted(promise, sentence);
    }
}
