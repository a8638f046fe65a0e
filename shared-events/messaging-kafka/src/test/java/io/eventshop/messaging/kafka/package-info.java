@NullMarked
package io.eventshop.messaging.kafka;

import org.jspecify.annotations.NullMarked;
