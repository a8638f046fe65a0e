/// Classes that break the architecture's rules, one each, to prove that the rules see it.
@NullMarked
package io.eventshop.messaging.kafka.rogue;

import org.jspecify.annotations.NullMarked;
