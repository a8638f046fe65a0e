package io.eventshop.proof.rogue;

import org.apache.kafka.common.TopicPartition;

record ToolThatKnowsKafka(TopicPartition partition) {}
