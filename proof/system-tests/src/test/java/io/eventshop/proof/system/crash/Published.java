package io.eventshop.proof.system.crash;

import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.Mail;
import io.eventshop.launcher.servers.WireRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything about orders that has left the services, as it lies in the topics and in the mail
/// server now.
record Published(List<WireRecord> events, List<Mail> mails) {

    static Published in(Scene scene) {
        var events =
                Stream.of(Topics.ORDERS, Topics.RESERVATIONS)
                        .flatMap(topic -> scene.topics().records(topic.name()).stream())
                        .toList();
        return new Published(events, scene.shop().mail().mails());
    }

    /// The events of the order, without repetitions.
    List<WireRecord> firstOccurrences(Topic topic, UUID order) {
        var first = new LinkedHashMap<UUID, WireRecord>();
        events.stream()
                .filter(event -> event.topic().equals(topic.name()))
                .filter(event -> order.toString().equals(event.key()))
                .forEach(event -> {
                    var _ = first.putIfAbsent(event.id(), event);
                });
        return List.copyOf(first.values());
    }

    /// A mail that was sent again has the same id.
    Set<String> mailsAbout(UUID order) {
        return mails.stream()
                .filter(mail -> (mail.subject() + mail.text()).contains(order.toString()))
                .map(mail -> mail.subject() + " " + mail.messageId())
                .collect(Collectors.toSet());
    }
}
