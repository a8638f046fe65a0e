/// The transport over Apache Kafka; of services and libraries only this package knows its types.
@NullMarked
package io.eventshop.messaging.kafka;

import org.jspecify.annotations.NullMarked;
