package io.eventshop.proof.check;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What was wrong, or on its way and did not move, before something was done to a shop. Whoever is
/// to judge only what has come of that leaves it out; see [ShopCheck#since].
///
/// @param restless what was on its way, one sentence each
/// @param findings everything that was wrong
/// @param underWay ids of orders, events and notifications that were on their way
public record Before(List<String> restless, Set<Finding> findings, Set<UUID> underWay) {

    static final Before NOTHING = new Before(List.of(), Set.of(), Set.of());

    public Before {
        restless = List.copyOf(restless);
        findings = Set.copyOf(findings);
        underWay = Set.copyOf(underWay);
    }

    public boolean isNothing() {
        return restless.isEmpty() && findings.isEmpty();
    }
}
