package io.eventshop.rogue.order;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

class FieldInjected {
    @Autowired @Nullable String injected;
}
