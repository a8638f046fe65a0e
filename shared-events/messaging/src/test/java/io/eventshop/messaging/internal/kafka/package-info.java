@NullMarked
package io.eventshop.messaging.internal.kafka;

import org.jspecify.annotations.NullMarked;
