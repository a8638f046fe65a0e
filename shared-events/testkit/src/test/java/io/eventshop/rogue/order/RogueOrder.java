package io.eventshop.rogue.order;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

@Entity
public class RogueOrder {
    @Id private @Nullable String id;

    @Nullable String id() {
        return id;
    }
}
