package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.internal.transport.Delivery;
import io.eventshop.messaging.internal.transport.Delivery.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The tables of events that were not applied and of the keys that wait behind them.
///
/// Whoever adds to a sequence or takes from it holds the lock on its blocked key from before it
/// looks until it commits. The row is there exactly as long as the sequence has an open letter.
final class DeadLetters {

    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    private final JdbcTemplate jdbc;
    private final JsonMapper json = new JsonMapper();

    DeadLetters(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /// Locks and returns those of the sequences that are blocked. Waits for a replay that holds
    /// one; a key whose replay ended meanwhile is free.
    Set<Sequence> lockBlocked(String consumer, Set<Sequence> sequences) {
        return new HashSet<>(
                jdbc.query(
                        """
                        select topic, record_key
                          from messaging.blocked_key
                         where consumer = ?
                           and (topic, record_key) in (select * from unnest(?::text[], ?::bytea[]))
                         order by topic, record_key
                           for update
                        """,
                        DeadLetters::sequence,
                        consumer,
                        sequences.stream().map(Sequence::topic).toArray(String[]::new),
                        sequences.stream().map(Sequence::key).toArray(byte[][]::new)));
    }

    boolean lockBlocked(String consumer, Sequence sequence) {
        return !lockBlocked(consumer, Set.of(sequence)).isEmpty();
    }

    /// Blocks the key and locks it, whether or not it was blocked before.
    void block(String consumer, Sequence sequence) {
        jdbc.update(
                """
                insert into messaging.blocked_key (consumer, topic, record_key)
                values (?, ?, ?)
                    on conflict (consumer, topic, record_key)
                    do update set blocked_at = blocked_key.blocked_at
                """,
                consumer,
                sequence.topic(),
                sequence.key());
    }

    /// Lets the key's events flow again if no letter of it is open.
    void unblockIfEmpty(String consumer, Sequence sequence) {
        jdbc.update(
                """
                delete from messaging.blocked_key
                 where consumer = ? and topic = ? and record_key = ?
                   and not exists (
                       select from messaging.dead_letter letter
                        where letter.consumer = blocked_key.consumer
                          and letter.topic = blocked_key.topic
                          and letter.record_key = blocked_key.record_key
                          and letter.status in ('DEAD', 'PARKED'))
                """,
                consumer,
                sequence.topic(),
                sequence.key());
    }

    void add(String consumer, Incoming incoming, Status status, Failure failure) {
        var delivery = incoming.delivery();
        jdbc.update(
                """
                insert into messaging.dead_letter
                    (consumer, event_id, topic, "partition", "offset", record_key, cluster, attributes,
                     payload, published_at, status, reason, fingerprint, attempts)
                values (?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ?, ?, ?, ?)
                """,
                consumer,
                incoming.id(),
                delivery.position().topic(),
                delivery.position().partition(),
                delivery.position().offset(),
                incoming.sequence().key(),
                delivery.position().cluster(),
                json.writeValueAsString(delivery.attributes()),
                delivery.value(),
                Timestamp.from(delivery.publishedAt()),
                status.name(),
                failure.reason(),
                failure.fingerprint(),
                status == Status.DEAD ? 1 : 0);
    }

    /// @return false if it was settled meanwhile
    boolean failedAgain(DeadLetter letter, Failure failure) {
        return jdbc.update(
                        """
                        update messaging.dead_letter
                           set status = 'DEAD', attempts = attempts + 1, last_failed_at = now(),
                               reason = ?, fingerprint = ?
                         where consumer = ? and event_id = ? and status in ('DEAD', 'PARKED')
                        """,
                        failure.reason(),
                        failure.fingerprint(),
                        letter.consumer(),
                        letter.eventId())
                == 1;
    }

    /// @return false if it was settled before
    boolean settle(DeadLetter letter, Status status, String actor, String reason) {
        return jdbc.update(
                        """
                        update messaging.dead_letter
                           set status = ?, settled_at = now(), settled_by = ?, settled_reason = ?
                         where consumer = ? and event_id = ? and status in ('DEAD', 'PARKED')
                        """,
                        status.name(),
                        actor,
                        reason,
                        letter.consumer(),
                        letter.eventId())
                == 1;
    }

    Optional<DeadLetter> find(String consumer, UUID eventId) {
        return jdbc
                .query(
                        "select * from messaging.dead_letter where consumer = ? and event_id = ?",
                        this::letter,
                        consumer,
                        eventId)
                .stream()
                .findFirst();
    }

    /// The oldest open letter of the sequence.
    Optional<DeadLetter> next(String consumer, Sequence sequence) {
        return jdbc
                .query(
                        """
                        select *
                          from messaging.dead_letter
                         where consumer = ? and topic = ? and record_key = ?
                           and status in ('DEAD', 'PARKED')
                         order by "partition", "offset"
                         limit 1
                        """,
                        this::letter,
                        consumer,
                        sequence.topic(),
                        sequence.key())
                .stream()
                .findFirst();
    }

    int countOpen(String consumer, Sequence sequence) {
        return count(
                """
                select count(*)
                  from messaging.dead_letter
                 where consumer = ? and topic = ? and record_key = ?
                   and status in ('DEAD', 'PARKED')
                """,
                consumer,
                sequence.topic(),
                sequence.key());
    }

    /// Open letters of all consumers, oldest first.
    List<DeadLetter> listOpen(int rowsMax) {
        return jdbc.query(
                """
                select *
                  from messaging.dead_letter
                 where status in ('DEAD', 'PARKED')
                 order by first_failed_at, "partition", "offset"
                 limit ?
                """,
                this::letter,
                rowsMax);
    }

    int countOpen() {
        return count(
                "select count(*) from messaging.dead_letter where status in ('DEAD', 'PARKED')");
    }

    int countBlocked() {
        return count("select count(*) from messaging.blocked_key");
    }

    private int count(String sql, Object... arguments) {
        Integer count = jdbc.queryForObject(sql, Integer.class, arguments);
        return count == null ? 0 : count;
    }

    private DeadLetter letter(ResultSet row, int number) throws SQLException {
        var delivery =
                new Delivery(
                        json.readValue(row.getString("attributes"), ATTRIBUTES),
                        row.getBytes("record_key"),
                        row.getBytes("payload"),
                        new Position(
                                row.getString("cluster"),
                                row.getString("topic"),
                                row.getInt("partition"),
                                row.getLong("offset")),
                        row.getTimestamp("published_at").toInstant());
        return new DeadLetter(
                row.getString("consumer"),
                row.getObject("event_id", UUID.class),
                sequence(row, number),
                delivery,
                Status.valueOf(row.getString("status")),
                new Failure(row.getString("reason"), row.getString("fingerprint")),
                row.getInt("attempts"),
                row.getTimestamp("first_failed_at").toInstant(),
                row.getTimestamp("last_failed_at").toInstant(),
                instant(row.getTimestamp("settled_at")),
                row.getString("settled_by"),
                row.getString("settled_reason"));
    }

    private static Sequence sequence(ResultSet row, int number) throws SQLException {
        return new Sequence(row.getString("topic"), row.getBytes("record_key"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
