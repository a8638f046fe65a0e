package io.eventshop.proof.check;

import io.eventshop.launcher.servers.EventLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// All records of all topics, read as bytes without a group.
///
/// @param records of each lane in its order
/// @param truncated topics of which the broker has deleted the oldest records
record TopicLog(List<TopicRecord> records, Set<String> truncated) {

    private static final String TOPICS_END_WITH = ".events";
    private static final Duration BROKER_ANSWERS_WITHIN = Duration.ofSeconds(10);

    /// Up to what ends the topics have when the reading begins.
    ///
    /// @throws IOException if the broker does not answer
    static TopicLog read(String bootstrapServers) throws IOException {
        try (var log = EventLog.kafka(bootstrapServers, BROKER_ANSWERS_WITHIN);
                var reader = log.fromBeginning(log.topics(TOPICS_END_WITH))) {
            var records = new ArrayList<TopicRecord>();
            reader.readToEnd(record -> records.add(TopicRecord.of(record)));
            return new TopicLog(records, reader.truncated());
        }
    }

    /// The first record of each event, in the order of the log.
    List<TopicRecord> first(String topic) {
        var firsts = new LinkedHashMap<String, TopicRecord>();
        for (TopicRecord record : records) {
            if (record.topic().equals(topic)) {
                var _ = firsts.putIfAbsent(record.id(), record);
            }
        }
        return List.copyOf(firsts.values());
    }
}
