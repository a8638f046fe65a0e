package io.eventshop.orders.order;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long orders wait.
///
/// @param expectedWithin when a customer is told to expect the answer: 5 s is far more than the few
///   hundred milliseconds it takes, and short enough to wait for
/// @param stockAnswerTimeout after which an unanswered order is cancelled: longer than a restart of
///   the broker or of inventory, because an outage shorter than that cancels nothing
/// @param stockAnswerCheckInterval how often unanswered orders are looked for: the precision of the
///   timeout, at the price of one indexed query
/// @param stockAnswerCheckDelay how long after its start an instance looks for the first time:
///   longer than it takes to join its consumer group and read the answers that came meanwhile
/// @param stockAnswerBatchMax orders that one query of a look brings, each to be cancelled in its
///   own transaction: what a look holds in memory
/// @param cancellationAttemptsMax how often a cancellation is tried when others change the same
///   order at the same time: an order changes three times in its life
@ConfigurationProperties("eventshop.orders")
public record OrderProperties(
        @DefaultValue("5s") Duration expectedWithin,
        @DefaultValue("15m") Duration stockAnswerTimeout,
        @DefaultValue("10s") Duration stockAnswerCheckInterval,
        @DefaultValue("30s") Duration stockAnswerCheckDelay,
        @DefaultValue("100") int stockAnswerBatchMax,
        @DefaultValue("5") int cancellationAttemptsMax) {}
