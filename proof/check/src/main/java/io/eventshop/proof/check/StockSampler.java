package io.eventshop.proof.check;

import io.eventshop.launcher.servers.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Looks at the stock while things break: stock that is right in the end may have been wrong in
/// between, and somebody may have ordered by it. Each look is one statement, and so one moment of
/// the table.
public final class StockSampler implements AutoCloseable {

    private static final int KEPT_MAX = 100;

    private static final String LOOK =
            """
            select i.sku, i.on_hand, i.reserved,
                   coalesce(sum(l.quantity) filter (where r.status = 'RESERVED'), 0) as held
              from item i
              left join reservation_line l on l.sku = i.sku
              left join reservation r on r.order_id = l.order_id
             group by i.sku, i.on_hand, i.reserved
            """;

    private final Clock clock;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Long> received = new HashMap<>();
    private final Watch watch;
    private long samples;

    private StockSampler(Database inventory, Clock clock) {
        this.clock = clock;
        this.watch = Watch.over(inventory, this::look);
    }

    /// Starts to look.
    public static StockSampler start(Database inventory, Clock clock) {
        return new StockSampler(inventory, clock);
    }

    private void look(Connection open) throws SQLException {
        try (var statement = open.createStatement();
                var items = statement.executeQuery(LOOK)) {
            while (items.next()) {
                judge(
                        items.getString("sku"),
                        items.getLong("on_hand"),
                        items.getLong("reserved"),
                        items.getLong("held"));
            }
        }
        synchronized (this) {
            samples++;
        }
    }

    private synchronized void judge(String sku, long onHand, long reserved, long held) {
        if (reserved < 0 || reserved > onHand) {
            violated("of %d %s, %d were reserved".formatted(onHand, sku, reserved));
        }
        if (reserved != held) {
            violated(
                    "%d of %s were reserved, but open reservations held %d"
                            .formatted(reserved, sku, held));
        }
        Long before = received.put(sku, onHand);
        if (before != null && before > onHand) {
            violated("%d of %s were on hand, and %d a moment later".formatted(before, sku, onHand));
        }
    }

    private void violated(String sentence) {
        if (violations.size() < KEPT_MAX) {
            violations.add("at %s: %s".formatted(clock.instant(), sentence));
        }
    }

    public synchronized long samples() {
        return samples;
    }

    /// What was wrong, and when; the first hundred.
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /// Returns when the last look is over.
    @Override
    public void close() {
        watch.close();
    }
}
