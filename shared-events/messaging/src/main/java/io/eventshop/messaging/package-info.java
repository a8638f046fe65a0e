/// How events get there, once for all services: a transactional outbox with its relay, an inbox
/// that makes consumers idempotent, and dead letters. A service adds the dependency, declares its
/// [io.eventshop.messaging.AggregateTable]s and [io.eventshop.messaging.Subscription]s, and calls
/// [io.eventshop.messaging.Outbox#append].
///
/// Owns the schema `messaging` in the service's database, with a Flyway history of its own. Knows
/// `contracts`, never a service; a broker's types stay in the module of that broker.
@NullMarked
package io.eventshop.messaging;

import org.jspecify.annotations.NullMarked;
