package io.eventshop.orders.order;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long orders wait for the answer of the stock.
///
/// @param stockAnswerTimeout how long an order waits before it is cancelled: longer than a restart
///   of the broker or of inventory, because an outage shorter than that cancels nothing. Change it
///   when an outage of another length is to be waited out.
/// @param stockAnswerCheckInterval how often unanswered orders are looked for: the precision of the
///   timeout, at the price of one indexed query. Change it together with a shorter timeout.
/// @param stockAnswerCheckDelay how long after its start an instance looks for the first time:
///   longer than it takes to join its consumer group and read the answers that came meanwhile.
///   Change it when more answers wait after an outage than can be read in that time.
@ConfigurationProperties("eventshop.orders")
public record OrderProperties(
        @DefaultValue("15m") Duration stockAnswerTimeout,
        @DefaultValue("10s") Duration stockAnswerCheckInterval,
        @DefaultValue("30s") Duration stockAnswerCheckDelay) {}
