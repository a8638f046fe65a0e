package io.eventshop.proof.check;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.eventshop.proof.check.Tables.OrderRow;
import io.eventshop.proof.check.Tables.Step;
import io.eventshop.proof.shop.HistoryEntry.CancellationAnswered;
import io.eventshop.proof.shop.HistoryEntry.CancellationAsked;
import io.eventshop.proof.shop.HistoryEntry.FaultEnded;
import io.eventshop.proof.shop.HistoryEntry.OrderAnswered;
import io.eventshop.proof.shop.HistoryEntry.OrderAsked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Promise 1: an accepted order is there, as it was asked for, comes to an end in time, and only a
/// cancellation that was asked for changes a confirmed one.
final class OrdersCheck {

    private static final int PROMISE = 1;

    /// All ways through the table of states in `docs/workflow.md`.
    private static final Set<List<String>> LEGAL =
            Set.of(
                    List.of("PENDING"),
                    List.of("PENDING", "CONFIRMED"),
                    List.of("PENDING", "REJECTED OUT_OF_STOCK"),
                    List.of("PENDING", "CANCELLED CUSTOMER_REQUEST"),
                    List.of("PENDING", "CANCELLED STOCK_UNANSWERED"),
                    List.of("PENDING", "CONFIRMED", "CANCELLED CUSTOMER_REQUEST"));

    private final Facts facts;
    private final Findings findings;

    OrdersCheck(Facts facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    void run(boolean completeHistory, Instant disturbedUntil, Duration endedWithin) {
        answersAreTrue();
        cancellationsAreTrue();
        if (completeHistory) {
            nobodyElseCancels();
        }
        Instant lastFault =
                facts.history(FaultEnded.class)
                        .map(FaultEnded::at)
                        .reduce(disturbedUntil, (one, other) -> one.isAfter(other) ? one : other);
        for (OrderRow order : facts.tables().orders().values()) {
            isWhole(order);
            hasEnded(order, lastFault, endedWithin);
        }
    }

    private void answersAreTrue() {
        Map<String, OrderAsked> asked =
                facts.history(OrderAsked.class)
                        .collect(toMap(OrderAsked::request, it -> it, (first, _) -> first));
        facts.history(OrderAnswered.class)
                .filter(OrderAnswered::isAccepted)
                .forEach(answer -> isTrue(answer, asked.get(answer.request())));
    }

    private void isTrue(OrderAnswered answer, @Nullable OrderAsked asked) {
        UUID id = answer.orderId();
        if (id == null || asked == null) {
            findings.add(PROMISE, "%s answers no question of the history", answer);
            return;
        }
        OrderRow order = facts.tables().orders().get(id);
        if (order == null) {
            findings.add(
                    PROMISE,
                    "order %s was answered %d at %s, and is in no table",
                    id,
                    answer.httpStatus(),
                    answer.at());
            return;
        }
        String lines = Quantities.of(asked.quantities());
        if (!order.lines().equals(lines) || !order.customerId().equals(asked.customerId())) {
            findings.add(
                    PROMISE,
                    "order %s is one of %s by %s, but %s by %s was asked for",
                    id,
                    order.lines(),
                    order.customerId(),
                    lines,
                    asked.customerId());
        }
        if (facts.steps(id).stream()
                .noneMatch(step -> step.status().equals(answer.orderStatus()))) {
            findings.add(
                    PROMISE,
                    "order %s was said to be %s, which it has never been",
                    id,
                    answer.orderStatus());
        }
    }

    private void cancellationsAreTrue() {
        facts.history(CancellationAnswered.class)
                .filter(answer -> answer.httpStatus() / 100 == 2)
                .forEach(answer -> {
                    OrderRow order = facts.tables().orders().get(answer.orderId());
                    if (order == null || !order.status().equals("CANCELLED")) {
                        findings.add(
                                PROMISE,
                                "the cancellation of order %s was answered %d, but it is %s",
                                answer.orderId(),
                                answer.httpStatus(),
                                order == null ? "in no table" : order.status());
                    }
                });
    }

    private void nobodyElseCancels() {
        Set<UUID> asked =
                facts.history(CancellationAsked.class)
                        .map(CancellationAsked::orderId)
                        .collect(toSet());
        for (Step step : facts.tables().steps()) {
            if ("CUSTOMER_REQUEST".equals(step.reason()) && !asked.contains(step.orderId())) {
                findings.add(
                        PROMISE,
                        "order %s was cancelled for its customer, who had not asked",
                        step.orderId());
            }
        }
    }

    private void isWhole(OrderRow order) {
        List<Step> steps = facts.steps(order.id());
        List<Long> versions = steps.stream().map(Step::version).toList();
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i) != i + 1) {
                findings.add(PROMISE, "order %s has the versions %s", order.id(), versions);
                return;
            }
        }
        List<String> way =
                steps.stream()
                        .map(step ->
                                step.reason() == null
                                        ? step.status()
                                        : step.status() + " " + step.reason())
                        .toList();
        if (!LEGAL.contains(way)) {
            findings.add(PROMISE, "order %s went an illegal way: %s", order.id(), way);
        } else if (steps.size() != order.eventVersion()
                || !steps.getLast().status().equals(order.status())) {
            findings.add(
                    PROMISE,
                    "order %s is %s after %d events, but its history is %s",
                    order.id(),
                    order.status(),
                    order.eventVersion(),
                    way);
        }
    }

    private void hasEnded(OrderRow order, Instant lastFault, Duration endedWithin) {
        if (facts.isWaiting(order.id())) {
            return;
        }
        if (order.status().equals("PENDING")) {
            findings.add(PROMISE, "order %s of %s is still PENDING", order.id(), order.placedAt());
            return;
        }
        Instant ready = order.placedAt().isAfter(lastFault) ? order.placedAt() : lastFault;
        facts.steps(order.id()).stream()
                .filter(Step::isEnd)
                .findFirst()
                .filter(end -> end.time().isAfter(ready.plus(endedWithin)))
                .ifPresent(end ->
                        findings.add(
                                PROMISE,
                                "order %s of %s came to its end only at %s; %s",
                                order.id(),
                                order.placedAt(),
                                end.time(),
                                lastFault.equals(Instant.MIN)
                                        ? "no fault is known"
                                        : "the last fault ended at " + lastFault));
    }
}
