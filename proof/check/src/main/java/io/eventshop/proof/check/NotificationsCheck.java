package io.eventshop.proof.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.eventshop.launcher.servers.Mail;
import io.eventshop.proof.check.Tables.NotificationRow;
import io.eventshop.proof.check.Tables.Step;
import io.eventshop.proof.shop.HistoryEntry.OrderAnswered;
import io.eventshop.proof.shop.HistoryEntry.OrderAsked;
import java.net.IDN;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Promise 3: whatever an order comes to is told once, to whom placed it and to nobody else; so is
/// a stock that gets low.
final class NotificationsCheck {

    private static final int PROMISE = 3;
    private static final String LOW = "STOCK_LOW";

    private final Facts facts;
    private final Findings findings;

    NotificationsCheck(Facts facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    /// @param mails all that were ever received
    void run(List<Mail> mails) {
        var written =
                facts.tables().notifications().stream()
                        .collect(groupingBy(row -> row.kind() + " " + row.about()));
        endsAreTold(written);
        lowStockIsTold();
        facts.tables().notifications().forEach(this::isOfSomething);
        mailsWereSent(mails);
    }

    private void endsAreTold(Map<String, List<NotificationRow>> written) {
        Map<String, String> addresses = addresses();
        for (Step end : facts.tables().steps()) {
            if (!end.isEnd() || facts.isWaiting(end.orderId())) {
                continue;
            }
            var rows =
                    written.getOrDefault(
                            "ORDER_%s %s".formatted(end.status(), end.orderId()), List.of());
            if (rows.size() != 1) {
                findings.add(
                        PROMISE,
                        "that order %s is %s was told %d times",
                        end.orderId(),
                        end.status(),
                        rows.size());
                continue;
            }
            var row = rows.getFirst();
            if (!row.sourceEventId().equals(end.eventId())) {
                findings.add(
                        PROMISE,
                        "that order %s is %s was told because of event %s instead of %s",
                        end.orderId(),
                        end.status(),
                        row.sourceEventId(),
                        end.eventId());
            }
            String address = addresses.get(end.orderId().toString());
            if (address != null && !row.erased() && !address.equals(row.recipient())) {
                findings.add(PROMISE, "order %s was told to somebody else", end.orderId());
            }
        }
    }

    /// As the customers gave them, of the orders that they got an answer about.
    private Map<String, String> addresses() {
        Map<String, OrderAsked> asked =
                facts.history(OrderAsked.class)
                        .collect(toMap(OrderAsked::request, it -> it, (first, _) -> first));
        var addresses = new HashMap<String, String>();
        facts.history(OrderAnswered.class)
                .forEach(answer -> {
                    OrderAsked question = asked.get(answer.request());
                    if (answer.orderId() != null && question != null) {
                        addresses.put(answer.orderId().toString(), sentTo(question.email()));
                    }
                });
        return addresses;
    }

    /// The domain as mail servers know it. By the JDK, not by what the services make of it.
    private static String sentTo(String email) {
        int domain = email.lastIndexOf('@') + 1;
        return email.substring(0, domain) + IDN.toASCII(email.substring(domain));
    }

    private void lowStockIsTold() {
        Set<String> told =
                facts.tables().notifications().stream()
                        .filter(row -> row.kind().equals(LOW))
                        .map(row -> row.sourceEventId().toString())
                        .collect(toSet());
        facts.log().first("stock.events").stream()
                .filter(record -> record.type().equals("stock-low"))
                .filter(record -> !told.contains(record.id()) && !facts.isWaiting(record.key()))
                .forEach(record ->
                        findings.add(
                                PROMISE,
                                "that %s is low was never told, as event %s says",
                                record.key(),
                                record.id()));
    }

    private void isOfSomething(NotificationRow row) {
        boolean isTooLate = row.status().equals("FAILED") && row.erased();
        if (!row.status().equals("SENT") && !isTooLate) {
            findings.add(
                    PROMISE,
                    "notification %s, %s of %s, is %s",
                    row.id(),
                    row.kind(),
                    row.about(),
                    row.status());
        }
        boolean known =
                row.kind().equals(LOW)
                        ? facts.tables().items().containsKey(row.about())
                        : facts.steps(UUID.fromString(row.about())).stream()
                                .anyMatch(step -> row.kind().equals("ORDER_" + step.status()));
        if (!known && !facts.isInjectedKey(row.about())) {
            findings.add(
                    PROMISE,
                    "notification %s tells %s of %s, which never happened",
                    row.id(),
                    row.kind(),
                    row.about());
        }
    }

    /// What left is what is written down: each mail that counts as sent has arrived, and whoever
    /// got one is whom the order named. A copy that a crash has caused goes to the same.
    private void mailsWereSent(List<Mail> mails) {
        Map<String, List<Mail>> received =
                mails.stream()
                        .collect(groupingBy(mail -> mail.messageId().replaceAll("[<>]|@.*", "")));
        Map<String, String> ordered = ordered();
        Map<String, String> asked = addresses();
        var known = new HashSet<String>();
        for (NotificationRow row : facts.tables().notifications()) {
            String id = row.id().toString();
            known.add(id);
            var copies = received.getOrDefault(id, List.of());
            if (row.status().equals("SENT") && copies.isEmpty()) {
                findings.add(PROMISE, "the mail of notification %s has not arrived", id);
            }
            for (Mail mail : copies) {
                if (isMeantForAnother(mail, ordered.get(row.about()))
                        || isMeantForAnother(mail, asked.get(row.about()))) {
                    findings.add(
                            PROMISE,
                            "mail %d, %s of %s, went to somebody else",
                            mail.id(),
                            row.kind(),
                            row.about());
                }
            }
        }
        received.forEach((id, copies) -> {
            if (!known.contains(id)) {
                findings.add(PROMISE, "mail %d is of no notification", copies.getFirst().id());
            }
        });
    }

    private static boolean isMeantForAnother(Mail mail, @Nullable String address) {
        return address != null && !address.equals(mail.to());
    }

    /// To whom each order wants to be told, as its own event says.
    private Map<String, String> ordered() {
        return facts.log().first("orders.events").stream()
                .filter(record -> record.type().equals("order-placed"))
                .filter(record -> !facts.isInjectedKey(record.key()))
                .collect(toMap(TopicRecord::key, TopicRecord::email, (first, _) -> first));
    }
}
