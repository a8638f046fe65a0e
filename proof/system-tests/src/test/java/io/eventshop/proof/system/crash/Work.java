package io.eventshop.proof.system.crash;

import java.sql.SQLException;

/// A piece of work that takes a service past a point, and what must have become of it.
interface Work extends AutoCloseable {

    /// Brings the shop to where the work can begin. Nothing is armed yet.
    default void prepare() throws Exception {}

    /// Begins the work, and returns when whoever wants it done knows that it is; asks until then,
    /// as often as it takes. Runs beside the test.
    void provoke() throws Exception;

    /// Throws an [AssertionError] until everything that was begun has its end. Asked again and
    /// again, so the cheapest and latest things first.
    void assertDone() throws SQLException;

    /// What only a person would do now.
    default void settle() throws Exception {}

    /// How it must look in the end, whatever has happened: once, and in order.
    default void assertExact() throws SQLException {}

    @Override
    default void close() throws SQLException {}

    /// Makes the work of a point.
    @FunctionalInterface
    interface Maker {
        Work in(Scene scene);
    }
}
