package io.eventshop.proof.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.launcher.servers.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// What somebody would write who wants nothing but speed and no duplicates: poll, one insert for
/// the whole poll, commit, commit the offsets. It decodes no event, knows no handlers, no dead
/// letters and no blocked keys.
final class BulkLoop {

    private static final String INSERT =
            """
            insert into bulk_processed
                (consumer, event_id, topic, "partition", "offset", correlation_id, published_at)
            select 'bulk', fresh.*
              from unnest(?::uuid[], ?::text[], ?::integer[], ?::bigint[], ?::text[],
                          ?::timestamptz[]) as fresh
                on conflict do nothing
            """;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Database database;
    private final Map<String, Object> settings;

    /// @param pollSize records a poll at most, which is rows a transaction
    BulkLoop(Servers servers, Database database, int pollSize) throws SQLException {
        this.database = database;
        this.settings =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers.bootstrapServers(),
                        ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                        "consumer",
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "bulk-" + pollSize,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_uncommitted",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        pollSize,
                        ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
                        false);
        Sql.execute(
                database,
                "create table if not exists bulk_processed"
                        + " (like messaging.processed_message including all)");
    }

    /// Takes so many records, into an empty table.
    ///
    /// @return the time from the first poll that brought any
    Duration take(String topic, int count) throws SQLException {
        Sql.execute(database, "truncate bulk_processed");
        try (var consumer =
                        new KafkaConsumer<>(
                                settings,
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer());
                var connection = database.connect();
                var insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            consumer.subscribe(List.of(topic));
            long begin = System.nanoTime();
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            while (records.isEmpty() && System.nanoTime() - begin < LIMIT.toNanos()) {
                records = consumer.poll(POLL);
            }
            long start = System.nanoTime();
            int taken = 0;
            while (true) {
                if (!records.isEmpty()) {
                    insert(connection, insert, records);
                    consumer.commitSync();
                    taken += records.count();
                }
                if (taken >= count) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
                if (System.nanoTime() - begin > LIMIT.toNanos()) {
                    throw new IllegalStateException(taken + " of " + count + " records came");
                }
                records = consumer.poll(POLL);
            }
        }
    }

    long rows() throws SQLException {
        return Sql.number(database, "select count(*) from bulk_processed");
    }

    private static void insert(
            Connection connection,
            PreparedStatement insert,
            ConsumerRecords<byte[], byte[]> records)
            throws SQLException {
        List<ConsumerRecord<byte[], byte[]>> batch =
                StreamSupport.stream(records.spliterator(), false).toList();
        List<Function<ConsumerRecord<byte[], byte[]>, Object>> columns =
                List.of(
                        record -> header(record, "ce_id"),
                        ConsumerRecord::topic,
                        ConsumerRecord::partition,
                        ConsumerRecord::offset,
                        record -> header(record, "ce_correlationid"),
                        record -> Instant.ofEpochMilli(record.timestamp()));
        for (int i = 0; i < columns.size(); i++) {
            Object[] column =
                    batch.stream().map(columns.get(i)).map(Object::toString).toArray(String[]::new);
            insert.setArray(i + 1, connection.createArrayOf("text", column));
        }
        var _ = insert.executeUpdate();
        connection.commit();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
