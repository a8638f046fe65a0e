package io.eventshop.messaging;

/// Where the root rows of one kind of aggregate lie. A service declares one bean for each kind that
/// has events.
///
/// The outbox reads the event's version from this row, and refuses to append unless the row was
/// written by the running transaction: only then does the row's lock make the outbox's order the
/// aggregate's order.
///
/// @param aggregateType as in the topic of its events, e.g. `order`
/// @param table e.g. `orders`
/// @param idColumn the primary key, e.g. `id`
/// @param idType its SQL type, e.g. `uuid` or `text`
/// @param versionColumn counts the aggregate's events, from 1; the aggregate increments it with
///   each event that it returns
public record AggregateTable(
        String aggregateType, String table, String idColumn, String idType, String versionColumn) {}
