package io.eventshop.rogue.order.messaging;

import org.apache.kafka.clients.consumer.ConsumerRecord;

record ListenerOfKafka(ConsumerRecord<byte[], byte[]> message) {}
