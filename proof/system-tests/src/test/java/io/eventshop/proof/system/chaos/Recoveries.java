package io.eventshop.proof.system.chaos;

import static io.eventshop.proof.system.chaos.FaultKind.KAFKA_OUTAGE;
import static io.eventshop.proof.system.chaos.FaultKind.KILL_KAFKA;
import static io.eventshop.proof.system.chaos.FaultKind.KILL_POSTGRES;
import static io.eventshop.proof.system.chaos.FaultKind.KILL_SERVICE;
import static io.eventshop.proof.system.chaos.FaultKind.STOP_SERVICE;

import io.eventshop.launcher.servers.Database;
import io.eventshop.proof.system.chaos.Customers.Attempt;
import io.eventshop.proof.system.chaos.Instance.Start;
import io.eventshop.proof.system.chaos.Journal.Happened;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How long it took until all was well again, worked out afterwards: from what customers were told,
/// and from the times that order-service wrote into each order's history.
final class Recoveries {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Journal journal;
    private final Map<Goal, List<Duration>> found = new EnumMap<>(Goal.class);

    private Recoveries(Journal journal) {
        this.journal = journal;
    }

    static Map<Goal, List<Duration>> of(
            Journal journal,
            List<Start> starts,
            List<Attempt> attempts,
            Backlog backlog,
            Database orders)
            throws SQLException {
        var recoveries = new Recoveries(journal);
        recoveries.services(starts);
        recoveries.ordersWithoutKafka(attempts);
        recoveries.backlog(backlog);
        try (var connection = orders.connect()) {
            recoveries.servers(connection);
        }
        return recoveries.found;
    }

    private void services(List<Start> starts) {
        journal.alone(KILL_SERVICE)
                .filter(fault -> fault.fault().length().isZero())
                .flatMap(fault ->
                        startAfter(fault, starts).filter(start -> isAlone(fault, start)).stream())
                .flatMap(start -> start.log().start().map(start.took()::minus).stream())
                .forEach(beyond -> note(Goal.SERVICE_RESTARTS, beyond));
        journal.alone(STOP_SERVICE)
                .forEach(fault ->
                        note(Goal.SERVICE_STOPS, Duration.between(fault.began(), fault.ended())));
    }

    private static Optional<Start> startAfter(Happened fault, List<Start> starts) {
        return starts.stream()
                .filter(start -> start.instance().equals(fault.fault().target()))
                .filter(start -> !start.due().isBefore(fault.began()))
                .filter(start -> !start.due().isAfter(fault.ended()))
                .findFirst();
    }

    /// Nothing else began to break before it answered; a start that finds no database says nothing.
    private boolean isAlone(Happened fault, Start start) {
        var answered = start.due().plus(start.took());
        return journal.of(FaultKind.values())
                .map(Happened::began)
                .noneMatch(other -> other.isAfter(fault.began()) && other.isBefore(answered));
    }

    /// Only of outages that leave a backlog to speak of.
    private void backlog(Backlog backlog) {
        journal.alone(KAFKA_OUTAGE)
                .filter(fault -> fault.fault().length().compareTo(MINUTE) >= 0)
                .forEach(fault ->
                        backlog.lasted(fault.ended())
                                .map(lasted ->
                                        lasted.multipliedBy(MINUTE.toSeconds())
                                                .dividedBy(awaySeconds(fault)))
                                .ifPresent(took -> note(Goal.BACKLOG_DRAINS, took)));
    }

    private static long awaySeconds(Happened fault) {
        return Duration.between(fault.began(), fault.ended()).toSeconds();
    }

    private void ordersWithoutKafka(List<Attempt> attempts) {
        journal.alone(KILL_KAFKA, KAFKA_OUTAGE)
                .forEach(fault -> note(Goal.ORDERS_WITHOUT_KAFKA, refusedDuring(fault, attempts)));
    }

    private static Duration refusedDuring(Happened fault, List<Attempt> attempts) {
        var refused =
                attempts.stream()
                        .filter(attempt -> !attempt.isAccepted())
                        .filter(attempt -> attempt.sent().isAfter(fault.began()))
                        .filter(attempt -> attempt.sent().isBefore(fault.ended()))
                        .toList();
        var first = refused.stream().map(Attempt::sent).min(Instant::compareTo);
        var last = refused.stream().map(Attempt::answered).max(Instant::compareTo);
        return first.isPresent() && last.isPresent()
                ? Duration.between(first.get(), last.get())
                : Duration.ZERO;
    }

    private void servers(Connection orders) throws SQLException {
        for (Happened fault : journal.alone(KILL_POSTGRES).toList()) {
            confirmedAfter(fault.ended(), orders)
                    .ifPresent(took -> note(Goal.POSTGRES_RETURNS, took));
        }
        for (Happened fault : journal.alone(KILL_KAFKA, KAFKA_OUTAGE).toList()) {
            confirmedAfter(fault.ended(), orders).ifPresent(took -> note(Goal.KAFKA_RETURNS, took));
        }
        for (Happened fault :
                journal.alone(KILL_SERVICE)
                        .filter(one -> !one.fault().length().isZero())
                        .toList()) {
            longestWait(fault, orders).ifPresent(took -> note(Goal.CONSUMER_IS_REPLACED, took));
        }
    }

    /// Until the first order was confirmed that was placed after this.
    private static Optional<Duration> confirmedAfter(Instant instant, Connection orders)
            throws SQLException {
        var query =
                """
                select extract(epoch from min(h.time) - ?) * 1000
                  from orders o
                  join order_history h on h.order_id = o.id
                 where h.status = 'CONFIRMED'
                   and o.placed_at >= ?
                """;
        return millis(orders, query, instant, instant);
    }

    /// Of the orders that were placed while it lasted.
    private static Optional<Duration> longestWait(Happened fault, Connection orders)
            throws SQLException {
        var query =
                """
                select extract(epoch from max(h.time - o.placed_at)) * 1000
                  from orders o
                  join order_history h on h.order_id = o.id
                 where h.status in ('CONFIRMED', 'REJECTED')
                   and o.placed_at between ? and ?
                """;
        return millis(orders, query, fault.began(), fault.ended());
    }

    private static Optional<Duration> millis(
            Connection connection, String query, Instant... instants) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            for (int i = 0; i < instants.length; i++) {
                statement.setObject(i + 1, OffsetDateTime.ofInstant(instants[i], ZoneOffset.UTC));
            }
            try (var result = statement.executeQuery()) {
                var _ = result.next();
                var found = result.getBigDecimal(1);
                return Stream.ofNullable(found)
                        .map(millis -> Duration.ofMillis(millis.longValue()))
                        .findFirst();
            }
        }
    }

    private void note(Goal goal, Duration took) {
        found.computeIfAbsent(goal, _ -> new ArrayList<>()).add(took);
    }
}
