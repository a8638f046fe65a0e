package io.eventshop.proof.system.chaos;

import java.time.Duration;

/// What is measured about recovery, and the goal it is held against. Only faults that came alone
/// count: what several do together says nothing about one.
enum Goal {
    SERVICE_RESTARTS("service killed → its first 2xx, beyond its own start", 2_000),
    SERVICE_STOPS("service asked to end → ended", 20_000),
    POSTGRES_RETURNS("PostgreSQL takes connections again → an order is confirmed", 5_000),
    KAFKA_RETURNS("Kafka takes connections again → an order is confirmed", 5_000),
    BACKLOG_DRAINS(
            "Kafka takes connections again → all that came meanwhile is published, for each minute"
                    + " that it was away",
            6_000),
    ORDERS_WITHOUT_KAFKA("orders refused while Kafka is away, from the first to the last", 0),
    CONSUMER_IS_REPLACED("consumer killed → the longest wait of an order for its answer", 45_000);

    private final String title;
    private final Duration limit;

    Goal(String title, int limitMillis) {
        this.title = title;
        this.limit = Duration.ofMillis(limitMillis);
    }

    String title() {
        return title;
    }

    Duration limit() {
        return limit;
    }
}
