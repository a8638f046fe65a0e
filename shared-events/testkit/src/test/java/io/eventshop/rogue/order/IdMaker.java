package io.eventshop.rogue.order;

import java.util.UUID;

final class IdMaker {
    UUID next() {
        return UUID.randomUUID();
    }
}
