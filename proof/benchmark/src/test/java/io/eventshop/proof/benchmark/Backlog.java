package io.eventshop.proof.benchmark;

import io.eventshop.launcher.servers.Database;
import java.sql.SQLException;
import java.time.Duration;

/// Rows in an outbox, as services append them: events of 10,000 orders in turn, each with 500 bytes
/// of JSON that compresses about as JSON does.
final class Backlog {

    /// Of the record with its key and attributes.
    private static final int RECORD_SIZE = 940;

    private static final String FILL =
            """
            insert into messaging.outbox (
                shard, id, topic, aggregate_type, aggregate_id, type, source, data_schema,
                occurred_at, aggregate_version, correlation_id, size, payload)
            select
                crc32(convert_to(key, 'UTF8')) % 4, uuidv7(), ?, 'order', key,
                'org.eventshop.orders.order-confirmed.v1', '/order-service',
                'http://localhost:8081/schemas/orders.order-confirmed/1.0.0', now(),
                number / 10000 + 1, gen_random_uuid()::text, ?,
                format('{"orderId":"%s","note":"%s"}', key, note)::json
            from (
                select
                    number,
                    md5((number % 10000)::text)::uuid::text as key,
                    left(repeat(encode(sha512(convert_to(number::text, 'UTF8')), 'hex'), 4), 440)
                        as note
                from generate_series(0, ? - 1) as number
                order by number) numbered
            """;

    private final Database database;

    Backlog(Database database) {
        this.database = database;
    }

    /// @return how long PostgreSQL took for it, in one statement
    Duration fill(String topic, int rows) throws SQLException {
        // Each round begins with a table without the last one's remains.
        Sql.execute(database, "vacuum messaging.outbox");
        try (var connection = database.connect();
                var insert = connection.prepareStatement(FILL)) {
            insert.setString(1, topic);
            insert.setInt(2, RECORD_SIZE);
            insert.setInt(3, rows);
            long start = System.nanoTime();
            var _ = insert.executeUpdate();
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    long size() throws SQLException {
        return Sql.number(database, "select count(*) from messaging.outbox");
    }
}
