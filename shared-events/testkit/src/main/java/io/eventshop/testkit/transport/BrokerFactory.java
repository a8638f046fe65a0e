package io.eventshop.testkit.transport;

import io.eventshop.messaging.transport.Broker;

/// Makes the adapter that is tested, in the test's JVM and in those of other instances. For the
/// latter an implementation has a constructor without parameters.
public interface BrokerFactory {

    /// @param address of the server, as its [BrokerUnderTest] writes it
    Broker connect(String address);

    /// @throws IllegalArgumentException if the class is not a factory that can be made
    static Broker connect(String factory, String address) {
        try {
            var constructor =
                    Class.forName(factory).asSubclass(BrokerFactory.class).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance().connect(address);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(factory + " cannot be made", e);
        }
    }
}
