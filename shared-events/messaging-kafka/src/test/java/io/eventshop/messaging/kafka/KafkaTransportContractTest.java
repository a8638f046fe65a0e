package io.eventshop.messaging.kafka;

import io.eventshop.testkit.transport.BrokerFactory;
import io.eventshop.testkit.transport.BrokerUnderTest;
import io.eventshop.testkit.transport.TransportContract;

class KafkaTransportContractTest extends TransportContract {

    @Override
    protected BrokerUnderTest newBroker() {
        return new KafkaUnderTest();
    }

    @Override
    protected Class<? extends BrokerFactory> factory() {
        return KafkaFactory.class;
    }
}
