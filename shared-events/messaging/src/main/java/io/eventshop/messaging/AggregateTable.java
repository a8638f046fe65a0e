package io.eventshop.messaging;

/// Where the root rows of one kind of aggregate lie. A service declares one bean for each kind that
/// has events.
///
/// The outbox looks at this row, and refuses to append unless it was written by the running
/// transaction and has counted these events: only then does the row's lock make the outbox's order
/// the aggregate's order.
///
/// It cannot see an event that was counted and left out before others, nor one that goes out
/// uncounted, under the number of the last: tests of a service hold that.
///
/// No proof is a row that was only locked, one of which only a child row was written, one that was
/// changed back to what it was, one that was deleted (a last event needs a row that stays), and one
/// that was written in a savepoint, as pgjdbc does with `autosave=always`. Where the id column is
/// not unique, the append fails as soon as it finds two such rows.
///
/// @param aggregateType as in the topic of its events, e.g. `order`
/// @param table e.g. `orders`
/// @param idColumn the primary key, e.g. `id`
/// @param idType its SQL type, e.g. `uuid` or `text`
/// @param versionColumn counts the aggregate's events, from 1; the aggregate increments it with
///   each event that it makes, see [io.eventshop.contracts.NumberedEvent]
public record AggregateTable(
        String aggregateType, String table, String idColumn, String idType, String versionColumn) {}
