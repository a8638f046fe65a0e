package io.eventshop.proof.drills;

import io.eventshop.launcher.services.Service.Consumer;
import io.eventshop.proof.shop.Services;

/// The consumers that drills look at.
final class Readers {

    static final Consumer RESERVATIONS = Services.INVENTORY.consumer("reservations");
    static final Consumer SAGA = Services.ORDER.consumer("order-saga");
    static final Consumer ITEM_COPIES = Services.ORDER.consumer("item-copies");
    static final Consumer MAILS = Services.NOTIFICATION.consumer("mails");

    private Readers() {}
}
