/// The service's database as the libraries use it: migrations of their own schemas, a pool that is
/// back as soon as the database is, and readings for gauges.
@NullMarked
package io.eventshop.messaging.database;

import org.jspecify.annotations.NullMarked;
