package io.eventshop.orders.order;

import io.eventshop.messaging.background.PeriodicWork;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Wakes those who wait here for an order that another instance has settled.
///
/// One query a second for all of them, and none while nobody waits: a shop that is late has the
/// most waiters, and if each looked by itself they would be what makes it later. The query is
/// bounded by how many requests can wait at once, `server.tomcat.max-connections`.
@Component
class SettledElsewhere extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(SettledElsewhere.class);

    private static final Duration LOOK_AFTER = Duration.ofSeconds(1);

    private final OrderWatch watch;
    private final JdbcClient jdbc;

    SettledElsewhere(OrderWatch watch, JdbcClient jdbc) {
        super("settled-elsewhere", LOOK_AFTER, LOOK_AFTER);
        this.watch = watch;
        this.jdbc = jdbc;
    }

    /// Who waits has a deadline of its own; a look that fails is made up for by the next one.
    @Override
    protected void work(BooleanSupplier stopping) {
        try {
            settled(watch.waitedFor()).forEach(watch::wake);
        } catch (DataAccessException e) {
            log.debug("could not look for settled orders", e);
        }
    }

    private List<UUID> settled(Set<UUID> orderIds) {
        return orderIds.isEmpty()
                ? List.of()
                : jdbc.sql(
                                """
                                select id
                                from orders
                                where id = any (cast(:ids as uuid[]))
                                  and status <> 'PENDING'
                                """)
                        .param("ids", orderIds.stream().map(UUID::toString).toArray(String[]::new))
                        .query((row, _) -> row.getObject("id", UUID.class))
                        .list();
    }
}
