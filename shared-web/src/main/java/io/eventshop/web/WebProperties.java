package io.eventshop.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The limits of the public port.
///
/// @param bodySizeMax the largest request body. The largest honest one, an order with all its
///   lines, is about a tenth of it
/// @param jsonStringMax characters in one JSON string or name; no field is longer, and a longer one
///   need not be kept in memory to be refused
/// @param jsonDepthMax levels of nesting; ours are three
/// @param pageSizeDefault items on a page, if the client does not say
/// @param pageSizeMax items on a page at most: bounds the memory and the time of one list
/// @param requestsMax requests worked on at once; those that wait for an order's end do not count.
///   0 for two for each processor, and eight at most: fewer than the pool has connections, so that
///   consumers always find one and nobody who has a place waits for a connection. Beyond what the
///   machine can do, more places only make more requests late, and take the processors from what is
///   under way already. Half of them while many are refused
/// @param admissionWait how long a request may wait for its turn in a burst; a tenth of it while
///   more comes than can be done. An outage is answered within 3 s: this, then the pool's time-outs
///   (1.5 s for a connection, 0.5 s for a look whether it lives) or `databaseAnswerMax`
/// @param databaseAnswerMax how long a request waits for one answer of the database, also of one
///   that hangs or is behind a lock; far longer than any statement of a request takes
/// @param retryAfter what a client is told to wait after 503 and after a key in use; whole seconds
/// @param idempotency how long keys are kept
@ConfigurationProperties("eventshop.web")
public record WebProperties(
        @DefaultValue("64KB") DataSize bodySizeMax,
        @DefaultValue("4096") int jsonStringMax,
        @DefaultValue("16") int jsonDepthMax,
        @DefaultValue("20") int pageSizeDefault,
        @DefaultValue("100") int pageSizeMax,
        @DefaultValue("0") int requestsMax,
        @DefaultValue("100ms") Duration admissionWait,
        @DefaultValue("2s") Duration databaseAnswerMax,
        @DefaultValue("1s") Duration retryAfter,
        @DefaultValue Idempotency idempotency) {

    private static final int REQUESTS_MAX = 8;

    public WebProperties {
        if (requestsMax == 0) {
            requestsMax = Math.min(REQUESTS_MAX, 2 * Runtime.getRuntime().availableProcessors());
        }
    }

    /// @param kept how long a key is remembered at least. Clients are promised 24 h
    /// @param cleaningInterval pause between two cleanings
    /// @param cleaningBatchSize rows deleted in one statement, so that none holds locks for long
    public record Idempotency(
            @DefaultValue("24h") Duration kept,
            @DefaultValue("10m") Duration cleaningInterval,
            @DefaultValue("1000") int cleaningBatchSize) {

        public Idempotency {
            if (kept.compareTo(Duration.ofHours(24)) < 0) {
                throw new IllegalArgumentException(
                        "eventshop.web.idempotency.kept is " + kept + " but 24 h are promised");
            }
        }
    }
}
