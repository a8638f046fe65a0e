package io.eventshop.proof.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.eventshop.proof.shop.HistoryEntry.OrderAnswered;
import io.eventshop.proof.shop.HistoryEntry.OrderAsked;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// Promise 5: a request that is repeated with its `Idempotency-Key` is one order.
final class KeysCheck {

    private static final int PROMISE = 5;

    private final Facts facts;
    private final Findings findings;

    KeysCheck(Facts facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    void run(boolean completeHistory) {
        answersAgree();
        keysNameOrders();
        if (completeHistory) {
            everyOrderWasAskedFor();
        }
    }

    private void answersAgree() {
        facts.history(OrderAnswered.class)
                .filter(answer -> answer.orderId() != null)
                .collect(
                        groupingBy(
                                OrderAnswered::request, mapping(OrderAnswered::orderId, toSet())))
                .forEach((request, orders) -> {
                    UUID stored = facts.tables().keys().get(request);
                    if (stored != null) {
                        var _ = orders.add(stored);
                    }
                    if (orders.size() > 1) {
                        findings.add(PROMISE, "the key %s was for the orders %s", request, orders);
                    }
                });
    }

    private void keysNameOrders() {
        var named = new HashSet<UUID>();
        facts.tables()
                .keys()
                .forEach((key, order) -> {
                    if (!facts.tables().orders().containsKey(order)) {
                        findings.add(PROMISE, "the key %s is for %s, no order", key, order);
                    }
                    if (!named.add(order)) {
                        findings.add(PROMISE, "several keys are for order %s", order);
                    }
                });
    }

    /// Each order belongs to a key that was asked with, or was answered to a request without one.
    /// Where such a request got no answer, nobody can say whether an order is its.
    private void everyOrderWasAskedFor() {
        Set<String> keys =
                facts.history(OrderAsked.class)
                        .map(OrderAsked::key)
                        .filter(Objects::nonNull)
                        .collect(toSet());
        var accounted = new HashSet<UUID>();
        facts.tables()
                .keys()
                .forEach((key, order) -> {
                    if (keys.contains(key)) {
                        var _ = accounted.add(order);
                    }
                });
        var answered = new HashSet<String>();
        facts.history(OrderAnswered.class)
                .filter(answer -> !keys.contains(answer.request()))
                .forEach(answer -> {
                    var _ = answered.add(answer.request());
                    var order = answer.orderId();
                    if (order != null) {
                        var _ = accounted.add(order);
                    }
                });
        long unknown =
                facts.history(OrderAsked.class)
                        .filter(question ->
                                question.key() == null && !answered.contains(question.request()))
                        .count();
        facts.tables().orders().keySet().stream()
                .filter(order -> !accounted.contains(order))
                .skip(unknown)
                .forEach(order ->
                        findings.add(
                                PROMISE,
                                "order %s is the order of no request: one was placed twice",
                                order));
    }
}
