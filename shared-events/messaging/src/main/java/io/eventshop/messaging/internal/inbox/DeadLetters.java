package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.internal.transport.Delivery;
import io.eventshop.messaging.internal.transport.Delivery.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The table of events that were not applied. Whoever adds to a sequence or takes from it holds the
/// lock on its key, see [BlockedKeys].
@DependsOn("messagingSchema")
record DeadLetters(JdbcClient jdbc) {

    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    /// Letters that wait to be replayed or discarded.
    static final String OPEN = "status in ('DEAD', 'PARKED')";

    static final String OF_SEQUENCE =
            """
            consumer = :consumer
              and topic = :topic
              and record_key = :key
            """;

    private static final JsonMapper JSON = new JsonMapper();

    private StatementSpec of(String consumer, Sequence sequence, String sql) {
        return jdbc.sql(sql)
                .param("consumer", consumer)
                .param("topic", sequence.topic())
                .param("key", sequence.key());
    }

    void add(String consumer, Incoming incoming, Status status, Failure failure) {
        var delivery = incoming.delivery();
        int _ =
                of(
                                consumer,
                                incoming.sequence(),
                                """
                                insert into messaging.dead_letter (
                                    consumer, event_id, topic, "partition", "offset", record_key,
                                    cluster, attributes, payload, published_at, status, reason,
                                    fingerprint, attempts)
                                values (
                                    :consumer, :eventId, :topic, :partition, :offset, :key,
                                    :cluster, cast(:attributes as json), :payload, :publishedAt,
                                    :status, :reason, :fingerprint, :attempts)
                                """)
                        .param("eventId", incoming.id())
                        .param("partition", delivery.position().partition())
                        .param("offset", delivery.position().offset())
                        .param("cluster", delivery.position().cluster())
                        .param("attributes", JSON.writeValueAsString(delivery.attributes()))
                        .param("payload", delivery.value(), Types.BINARY)
                        .param("publishedAt", Timestamp.from(delivery.publishedAt()))
                        .param("status", status.name())
                        .param("reason", failure.reason())
                        .param("fingerprint", failure.fingerprint())
                        .param("attempts", status == Status.DEAD ? 1 : 0)
                        .update();
    }

    /// @return false if it was settled meanwhile
    boolean failedAgain(DeadLetter letter, Failure failure) {
        return change(
                                letter,
                                """
                                status = 'DEAD', attempts = attempts + 1, last_failed_at = now(),
                                reason = :reason, fingerprint = :fingerprint
                                """)
                        .param("reason", failure.reason())
                        .param("fingerprint", failure.fingerprint())
                        .update()
                == 1;
    }

    /// @return false if it was settled before
    boolean settle(DeadLetter letter, Status status, String actor, String reason) {
        return change(
                                letter,
                                """
                                status = :status, settled_at = now(), settled_by = :actor,
                                settled_reason = :reason
                                """)
                        .param("status", status.name())
                        .param("actor", actor)
                        .param("reason", reason)
                        .update()
                == 1;
    }

    private StatementSpec change(DeadLetter letter, String columns) {
        return jdbc.sql(
                        """
                        update messaging.dead_letter
                        set %s
                        where consumer = :consumer
                          and event_id = :eventId
                          and %s
                        """
                                .formatted(columns, OPEN))
                .param("consumer", letter.consumer())
                .param("eventId", letter.eventId());
    }

    Optional<DeadLetter> find(String consumer, UUID eventId) {
        return jdbc.sql(
                        """
                        select *
                        from messaging.dead_letter
                        where consumer = :consumer
                          and event_id = :eventId
                        """)
                .param("consumer", consumer)
                .param("eventId", eventId)
                .query(this::letter)
                .optional();
    }

    /// The oldest open letter of the sequence.
    Optional<DeadLetter> next(String consumer, Sequence sequence) {
        return of(
                        consumer,
                        sequence,
                        """
                        select *
                        from messaging.dead_letter
                        where %s
                          and %s
                        order by "partition", "offset"
                        limit 1
                        """
                                .formatted(OF_SEQUENCE, OPEN))
                .query(this::letter)
                .optional();
    }

    int countOpen(String consumer, Sequence sequence) {
        return of(
                        consumer,
                        sequence,
                        "select count(*) from messaging.dead_letter where %s and %s"
                                .formatted(OF_SEQUENCE, OPEN))
                .query(Integer.class)
                .single();
    }

    /// Open letters of all consumers, oldest first.
    List<DeadLetter> listOpen(int rowsMax) {
        return jdbc.sql(
                        """
                        select *
                        from messaging.dead_letter
                        where %s
                        order by first_failed_at, "partition", "offset"
                        limit :rowsMax
                        """
                                .formatted(OPEN))
                .param("rowsMax", rowsMax)
                .query(this::letter)
                .list();
    }

    int countOpen() {
        return jdbc.sql("select count(*) from messaging.dead_letter where " + OPEN)
                .query(Integer.class)
                .single();
    }

    private DeadLetter letter(ResultSet row, int number) throws SQLException {
        var delivery =
                new Delivery(
                        JSON.readValue(row.getString("attributes"), ATTRIBUTES),
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
                new Sequence(row.getString("topic"), row.getBytes("record_key")),
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

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
