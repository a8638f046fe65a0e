/// The transport over Apache Kafka; the only package that knows its types.
@NullMarked
package io.eventshop.messaging.internal.kafka;

import org.jspecify.annotations.NullMarked;
