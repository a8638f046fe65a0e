/// How events get there, once for all services: a transactional outbox with its relay, an inbox
/// that makes consumers idempotent, and dead letters. A service adds the dependency, declares its
/// [io.eventshop.messaging.outbox.AggregateTable]s and
/// [io.eventshop.messaging.inbox.Subscription]s, and calls
/// [io.eventshop.messaging.outbox.Outbox#append].
///
/// Owns the schema `messaging` in the service's database, with a Flyway history of its own. Knows
/// `contracts`, never a service; types of Kafka stay in the package `kafka`.
@NullMarked
package io.eventshop.messaging;

import org.jspecify.annotations.NullMarked;
