package io.eventshop.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The limits of the public port; bodies are as large on the management port, too.
///
/// @param bodySizeMax the largest request body, from 1 byte to less than 2 GB. The largest honest
///   one, an order with all its lines, is about a tenth of it. Change it when an operation of your
///   own takes larger bodies.
/// @param requestsMax requests worked on at once; those that wait for an order's end do not count.
///   0 for two for each processor, and eight at most: fewer than the pool has connections, so that
///   consumers always find one and nobody who has a place waits for a connection. Beyond what the
///   machine can do, more places only make more requests late, and take the processors from what is
///   under way already. Half of them while many are refused. Change it together with the size of
///   the connection pool, when the database has processors to spare while requests get 503.
/// @param admissionTimeout how long a request may wait for its turn in a burst; a tenth of it while
///   more comes than can be done. An outage is answered within 3 s: this, then the pool's time-outs
///   (1.5 s for a connection, 0.5 s for a look whether it lives) or `databaseAnswerTimeout`. Change
///   it when bursts are longer and clients would rather wait than come again.
/// @param databaseAnswerTimeout how long a request waits for one answer of the database, also of
///   one that hangs or is behind a lock; far longer than any statement of a request takes. Change
///   it when the database is far away, or an operation of your own has slower statements.
/// @param idempotencyKept how long an idempotency key is remembered at least. Clients are promised
///   24 h. Change it when clients repeat requests after more than a day.
@ConfigurationProperties("eventshop.web")
public record WebProperties(
        @DefaultValue("64KB") DataSize bodySizeMax,
        @DefaultValue("0") int requestsMax,
        @DefaultValue("100ms") Duration admissionTimeout,
        @DefaultValue("2s") Duration databaseAnswerTimeout,
        @DefaultValue("24h") Duration idempotencyKept) {

    private static final int REQUESTS_MAX = 8;

    public WebProperties {
        if (bodySizeMax.toBytes() < 1 || bodySizeMax.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "eventshop.web.body-size-max is "
                            + bodySizeMax
                            + ", not between 1 byte and 2 GB");
        }
        if (requestsMax == 0) {
            requestsMax = Math.min(REQUESTS_MAX, 2 * Runtime.getRuntime().availableProcessors());
        }
        if (idempotencyKept.compareTo(Duration.ofHours(24)) < 0) {
            throw new IllegalArgumentException(
                    "eventshop.web.idempotency-kept is "
                            + idempotencyKept
                            + " but 24 h are promised");
        }
    }
}
