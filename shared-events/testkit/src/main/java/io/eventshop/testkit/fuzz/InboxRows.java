package io.eventshop.testkit.fuzz;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the tables say became of a consumer's events.
record InboxRows(Set<UUID> marked, Set<UUID> dead, Set<UUID> parked) {

    static InboxRows of(String consumer, JdbcClient jdbc) {
        return new InboxRows(
                ids(
                        jdbc,
                        "select event_id from messaging.processed_message where consumer = ?",
                        consumer),
                ids(
                        jdbc,
                        """
                        select event_id
                          from messaging.dead_letter
                         where consumer = ? and status = 'DEAD'
                        """,
                        consumer),
                ids(
                        jdbc,
                        """
                        select event_id
                          from messaging.dead_letter
                         where consumer = ? and status = 'PARKED'
                        """,
                        consumer));
    }

    InboxRows minus(InboxRows before) {
        return new InboxRows(
                without(marked, before.marked),
                without(dead, before.dead),
                without(parked, before.parked));
    }

    Set<UUID> letters() {
        var letters = new HashSet<>(dead);
        letters.addAll(parked);
        return letters;
    }

    private static Set<UUID> ids(JdbcClient jdbc, String sql, String consumer) {
        return Set.copyOf(jdbc.sql(sql).param(consumer).query(UUID.class).list());
    }

    private static Set<UUID> without(Set<UUID> now, Set<UUID> before) {
        var rest = new HashSet<>(now);
        rest.removeAll(before);
        return rest;
    }
}
