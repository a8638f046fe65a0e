package io.eventshop.messaging.internal.codec;

import io.eventshop.contracts.shop.ShopEvents;
import java.util.function.Predicate;

/// The codec of a service that has not been upgraded yet.
public final class OlderCodec {

    private OlderCodec() {}

    /// @param known whether it has heard of this CloudEvents `type`
    public static EventCodec knowing(Predicate<String> known) {
        return new EventCodec(
                type -> ShopEvents.CATALOG.byWireName(type).filter(_ -> known.test(type)));
    }
}
