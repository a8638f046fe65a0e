/// The transport over Apache Kafka; the only package that knows its types.
@NullMarked
package io.eventshop.messaging.kafka;

import org.jspecify.annotations.NullMarked;
