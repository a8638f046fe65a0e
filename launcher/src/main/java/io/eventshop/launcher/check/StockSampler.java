package io.eventshop.launcher.check;

import io.eventshop.launcher.servers.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks at the stock while things break: stock that is right in the end may have been wrong in
/// between, and somebody may have ordered by it. Each look is one statement, and so one moment of
/// the table.
///
/// Ten looks a second, and fewer where a look takes longer than a hundredth of that: this is a
/// witness and no load. A database that is down is looked at again when it is back.
public final class StockSampler implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /// A look costs at most a tenth of a core.
    private static final int PAUSE_PER_LOOK = 9;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

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

    private final Database inventory;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Long> received = new HashMap<>();
    private long samples;
    private @Nullable Connection connection;

    private StockSampler(Database inventory, Clock clock) {
        this.inventory = inventory;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("stock-sampler").daemon().unstarted(this::run);
    }

    /// Starts to look.
    public static StockSampler start(Database inventory, Clock clock) {
        var sampler = new StockSampler(inventory, clock);
        sampler.thread.start();
        return sampler;
    }

    private void run() {
        try {
            long pause = 0;
            while (!stopped.await(pause, TimeUnit.NANOSECONDS)) {
                long begin = System.nanoTime();
                lookIfPossible();
                pause = Math.max(PAUSE.toNanos(), PAUSE_PER_LOOK * (System.nanoTime() - begin));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void lookIfPossible() {
        try {
            if (connection == null) {
                connection = inventory.connect(ANSWER_WITHIN);
            }
            look(connection);
        } catch (SQLException e) {
            disconnect(); // it is one of the things that break
        }
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

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It was broken, and is given up.
            }
        }
    }

    /// Returns when the last look is over.
    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
