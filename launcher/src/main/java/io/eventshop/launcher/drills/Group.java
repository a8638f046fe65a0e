package io.eventshop.launcher.drills;

import java.util.List;

/// A consumer of a service, which is a group of Kafka's.
record Group(String id, List<String> topics) {

    static final Group RESERVATIONS =
            new Group("inventory-service.reservations", List.of(Topics.ORDERS));

    static final Group SAGA = new Group("order-service.order-saga", List.of(Topics.RESERVATIONS));

    static final Group ITEM_COPIES = new Group("order-service.item-copies", List.of(Topics.ITEMS));

    static final Group MAILS =
            new Group("notification-service.mails", List.of(Topics.ORDERS, Topics.STOCK));

    Group {
        topics = List.copyOf(topics);
    }
}
