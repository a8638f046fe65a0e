package io.eventshop.inventory.reservation;

/// What became of an order's wish for stock.
public enum ReservationStatus {
    /// All lines are held.
    RESERVED,
    /// Nothing is held, because something fell short. Final.
    REJECTED,
    /// Nothing is held any more, or will ever be, because the order was cancelled. Final.
    RELEASED
}
