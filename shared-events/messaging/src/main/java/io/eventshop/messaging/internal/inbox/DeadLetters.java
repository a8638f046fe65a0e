package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.internal.inbox.DeadLetter.Summary;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.json.JsonMapper;

/// The table of events that were not applied. Whoever adds to a sequence or takes from it holds the
/// lock on its key, see [BlockedKeys].
@DependsOn("messagingSchema")
record DeadLetters(JdbcClient jdbc) {

    /// Letters of events that may still be applied.
    static final String OPEN = "status in ('DEAD', 'PARKED', 'WAITING')";

    static final String OF_SEQUENCE =
            """
            consumer = :consumer
              and topic = :topic
              and record_key = :key
            """;

    /// The build before V3, which may run beside this one, writes no position as text.
    private static final String POSITION =
            """
            coalesce(origin, cluster) as known_origin,
            coalesce(lane, cast("partition" as text)) as known_lane,
            coalesce(at, cast("offset" as text)) as known_at
            """;

    private static final String COLUMNS = "dead_letter.*, " + POSITION;

    /// Open letters that a [Selection] means.
    private static final String SELECTED =
            """
            %s
              and consumer = coalesce(cast(:consumer as text), consumer)
              and fingerprint = coalesce(cast(:fingerprint as text), fingerprint)
              and record_key = coalesce(cast(:key as bytea), record_key)
              and status = coalesce(cast(:status as text), status)
            """
                    .formatted(OPEN);

    private static final RowMapper<DeadLetter> LETTER =
            new SimplePropertyRowMapper<>(DeadLetter.class);

    private static final RowMapper<Summary> SUMMARY = new SimplePropertyRowMapper<>(Summary.class);

    private static final RowMapper<Selected> SELECTED_SEQUENCE =
            new SimplePropertyRowMapper<>(Selected.class);

    /// The letter's `seq`, by which it is replayed, is assigned here, and so under the key's lock.
    ///
    /// What the build before V3 reads is written as well; it may run beside this one.
    void add(Incoming incoming, Status status, Failure failure) {
        var delivery = incoming.delivery();
        var position = delivery.position();
        var attributes = JsonMapper.shared().writeValueAsString(delivery.attributes());
        int _ =
                jdbc.sql(
                                """
                                insert into messaging.dead_letter (
                                    consumer, event_id, topic, origin, lane, at, record_key,
                                    attributes, payload, published_at, status, reason, fingerprint,
                                    attempts, due_at, cluster, "partition", "offset")
                                values (
                                    :consumer, :eventId, :topic, :origin, :lane, :at, :key,
                                    cast(:attributes as json), :payload, :publishedAt, :status,
                                    :reason, :fingerprint, :attempts,
                                    case when :status = 'WAITING'
                                        then clock_timestamp() + interval '1 second' end,
                                    :origin,
                                    cast(substring(:lane from '^[0-9]{1,9}$') as integer),
                                    cast(substring(:at from '^[0-9]{1,18}$') as bigint))
                                """)
                        .param("consumer", incoming.consumer())
                        .param("eventId", incoming.id())
                        .param("topic", position.topic())
                        .param("origin", position.origin())
                        .param("lane", position.lane())
                        .param("at", position.at())
                        .param("key", incoming.sequence().key())
                        .param("attributes", attributes)
                        .param("payload", delivery.value(), Types.BINARY)
                        .param("publishedAt", Timestamp.from(delivery.publishedAt()))
                        .param("status", status.name())
                        .param("reason", failure.reason())
                        .param("fingerprint", failure.fingerprint())
                        .param("attempts", status == Status.PARKED ? 0 : 1)
                        .update();
    }

    /// An event that waits for a lock and is due, counted as tried once more, and due again after
    /// one second more than it was tried, eleven at most: whoever dies with it leaves it to others,
    /// and no two instances try the same at once.
    ///
    /// What is due is chosen once, by the `with`: as a condition of the update it is asked for each
    /// row, and another row is chosen each time.
    Optional<DeadLetter> claimDue() {
        return jdbc.sql(
                        """
                        with due as materialized (
                            select consumer, event_id
                            from messaging.dead_letter
                            where status = 'WAITING'
                              and due_at <= clock_timestamp()
                            order by due_at
                            limit 1
                            for update skip locked)
                        update messaging.dead_letter
                        set attempts = attempts + 1,
                            due_at = clock_timestamp()
                                + (1 + least(greatest(attempts, 1), 10)) * interval '1 second'
                        where (consumer, event_id) = (select consumer, event_id from due)
                        returning %s
                        """
                                .formatted(COLUMNS))
                .query(LETTER)
                .optional();
    }

    /// An event that was tried, by whomever, and that somebody's lock has stopped: from now on it
    /// waits, and is tried again by the service. It has to be the oldest open one of its key.
    ///
    /// @return false if it was settled meanwhile
    boolean waits(DeadLetter letter, Failure failure) {
        return change(
                letter,
                """
                status = 'WAITING',
                due_at = coalesce(due_at, clock_timestamp() + interval '1 second'),
                last_failed_at = now(), reason = :reason, fingerprint = :fingerprint
                """,
                Map.of("reason", failure.reason(), "fingerprint", failure.fingerprint()));
    }

    /// Takes away the letter of an event that has waited and is applied by now.
    void remove(DeadLetter letter) {
        int _ =
                jdbc.sql(
                                """
                                delete from messaging.dead_letter
                                where consumer = :consumer
                                  and event_id = :eventId
                                """)
                        .param("consumer", letter.consumer())
                        .param("eventId", letter.eventId())
                        .update();
    }

    /// Behind an event that has waited nobody waits for a person: the next one of its key takes its
    /// place, to be tried at once.
    void letNextWait(Sequence sequence) {
        int _ =
                jdbc.sql(
                                """
                                update messaging.dead_letter
                                set status = 'WAITING', due_at = clock_timestamp()
                                where status = 'PARKED'
                                  and (consumer, event_id) = (
                                      select consumer, event_id
                                      from messaging.dead_letter
                                      where %s
                                        and %s
                                      order by seq
                                      limit 1)
                                """
                                        .formatted(OF_SEQUENCE, OPEN))
                        .paramSource(sequence)
                        .update();
    }

    /// @return false if it was settled meanwhile
    boolean failedAgain(DeadLetter letter, Failure failure) {
        return change(
                letter,
                """
                status = 'DEAD', attempts = attempts + 1, last_failed_at = now(),
                reason = :reason, fingerprint = :fingerprint
                """,
                Map.of("reason", failure.reason(), "fingerprint", failure.fingerprint()));
    }

    /// @return false if it was settled before
    boolean settle(DeadLetter letter, Status status, String actor, String reason) {
        return change(
                letter,
                """
                status = :status, settled_at = now(), settled_by = :actor,
                settled_reason = :reason
                """,
                Map.of("status", status.name(), "actor", actor, "reason", reason));
    }

    private boolean change(DeadLetter letter, String columns, Map<String, String> values) {
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
                        .param("eventId", letter.eventId())
                        .params(values)
                        .update()
                == 1;
    }

    Optional<DeadLetter> find(String consumer, UUID eventId) {
        return jdbc.sql(
                        """
                        select %s
                        from messaging.dead_letter
                        where consumer = :consumer
                          and event_id = :eventId
                        """
                                .formatted(COLUMNS))
                .param("consumer", consumer)
                .param("eventId", eventId)
                .query(LETTER)
                .optional();
    }

    /// The oldest open letter of the sequence.
    Optional<DeadLetter> next(Sequence sequence) {
        return jdbc.sql(
                        """
                        select %s
                        from messaging.dead_letter
                        where %s
                          and %s
                        order by seq
                        limit 1
                        """
                                .formatted(COLUMNS, OF_SEQUENCE, OPEN))
                .paramSource(sequence)
                .query(LETTER)
                .optional();
    }

    int countOpen(Sequence sequence) {
        return jdbc.sql(
                        "select count(*) from messaging.dead_letter where %s and %s"
                                .formatted(OF_SEQUENCE, OPEN))
                .paramSource(sequence)
                .query(Integer.class)
                .single();
    }

    /// Which open letters are meant: those that have all that is not null here.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Selection(
            @Nullable String consumer,
            @Nullable String fingerprint,
            byte @Nullable [] key,
            @Nullable String status) {}

    /// A sequence with letters that are meant.
    ///
    /// @param seq of the oldest of them
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Selected(long seq, String consumer, String topic, byte[] recordKey) {

        Sequence sequence() {
            return new Sequence(consumer, topic, recordKey);
        }
    }

    /// Letters behind this `seq`, oldest first.
    ///
    /// Data and headers stay in the database, whatever their size. The type is cut out of the
    /// headers as text: reading them as JSON fails where any of them has a character that no text
    /// of the database can have.
    List<Summary> list(Selection selection, long after, int rowsMax) {
        return selecting(
                        selection,
                        """
                        select seq, consumer, event_id, topic, record_key, status, reason,
                               fingerprint, attempts, first_failed_at, last_failed_at,
                               %s,
                               substring(
                                   cast(attributes as text)
                                   from '[{,]"type":"([^"\\\\]{1,250})"') as type
                        from messaging.dead_letter
                        where %s
                          and seq > :after
                        order by seq
                        limit :rowsMax
                        """
                                .formatted(POSITION, SELECTED))
                .param("after", after)
                .param("rowsMax", rowsMax)
                .query(SUMMARY)
                .list();
    }

    /// Sequences with letters that are meant, by the oldest of those, behind this `seq`.
    List<Selected> sequences(Selection selection, long after, int rowsMax) {
        return selecting(
                        selection,
                        """
                        select consumer, topic, record_key, min(seq) as seq
                        from messaging.dead_letter
                        where %s
                        group by consumer, topic, record_key
                        having min(seq) > :after
                        order by seq
                        limit :rowsMax
                        """
                                .formatted(SELECTED))
                .param("after", after)
                .param("rowsMax", rowsMax)
                .query(SELECTED_SEQUENCE)
                .list();
    }

    int countOpen(Selection selection) {
        return selecting(selection, "select count(*) from messaging.dead_letter where " + SELECTED)
                .query(Integer.class)
                .single();
    }

    private StatementSpec selecting(Selection selection, String sql) {
        return jdbc.sql(sql)
                .param("consumer", selection.consumer())
                .param("fingerprint", selection.fingerprint())
                .param("key", selection.key())
                .param("status", selection.status());
    }

    /// Whether letters of this status wait for a person, by the one list of those.
    static boolean isOpen(String status) {
        return status.matches("[A-Z]+") && OPEN.contains("'" + status + "'");
    }

    /// Whether the consumer has ever had a letter.
    boolean isKnown(String consumer) {
        return jdbc.sql(
                        """
                        select exists (
                            select
                            from messaging.dead_letter
                            where consumer = :consumer)
                        """)
                .param("consumer", consumer)
                .query(Boolean.class)
                .single();
    }

    /// Discards those letters of the sequence that are meant.
    ///
    /// @return how many
    int discard(Selection selection, Sequence sequence, String actor, String reason) {
        return selecting(
                        selection,
                        """
                        update messaging.dead_letter
                        set status = 'DISCARDED', settled_at = now(), settled_by = :actor,
                            settled_reason = :reason
                        where consumer = :owner
                          and topic = :topic
                          and record_key = :sequence
                          and %s
                        """
                                .formatted(SELECTED))
                .param("owner", sequence.consumer())
                .param("topic", sequence.topic())
                .param("sequence", sequence.key())
                .param("actor", actor)
                .param("reason", reason)
                .update();
    }

    /// @param letters that wait for a person, to be replayed or discarded
    /// @param waiting letters of keys whose oldest waits for a lock, until that is free
    record Count(int letters, int waiting) {}

    Count countOpen() {
        return jdbc.sql(
                        """
                        select count(*) filter (where not waits) as letters,
                               count(*) filter (where waits) as waiting
                        from (
                            select exists (
                                select
                                from messaging.dead_letter as oldest
                                where oldest.status = 'WAITING'
                                  and oldest.consumer = letter.consumer
                                  and oldest.topic = letter.topic
                                  and oldest.record_key = letter.record_key) as waits
                            from messaging.dead_letter as letter
                            where %s) as letter
                        """
                                .formatted(OPEN))
                .query(Count.class)
                .single();
    }
}
