/// What every broker's adapter has to do, as tests: [TransportContract] is where to begin. A
/// broker's module brings a subclass, a [BrokerUnderTest] and a [BrokerFactory].
@NullMarked
package io.eventshop.testkit.transport;

import org.jspecify.annotations.NullMarked;
