package io.eventshop.orders.order;

/// An input that no right partner can have sent to an order in this state. It becomes a dead
/// letter, so that a person looks at it.
final class ImpossibleMove extends IllegalStateException {

    ImpossibleMove(String sentence) {
        super(sentence);
    }
}
