package io.eventshop.proof.system.chaos;

import io.eventshop.launcher.demo.client.OrderRequest;
import io.eventshop.proof.shop.Wish;
import io.eventshop.proof.system.Dice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one customer will do, drawn from the seed and the customer's number.
///
/// @param key `Idempotency-Key`
/// @param cancelledAfter so long after it was accepted
record PlannedOrder(
        String key, Map<String, Integer> quantities, Optional<Duration> cancelledAfter) {

    static final String CUSTOMER = "chaos";

    /// Of this there is some at first, and not for everybody.
    static final String SCARCE = "SCARCE-1";

    static final int SCARCE_ON_HAND = 300;

    private static final String SOLD_OUT = "SOLD-OUT-1";

    /// One that many want, so that many reservations meet on one row, and others.
    private static final String HOT = "KEYBOARD-1";

    private static final List<String> PLENTY =
            List.of("MOUSE-1", "MONITOR-1", "CABLE-1", "HEADSET-1", "WEBCAM-1", "DESK-1");

    private static final int LINES_MAX = 4;

    /// Among the dice of one seed, after those of the faults.
    private static final int FIRST_DICE = 1_000_000;

    static PlannedOrder of(long seed, int number) {
        var dice = Dice.of(seed, FIRST_DICE + number);
        var quantities = new LinkedHashMap<String, Integer>();
        int lines = dice.chance(0.6) ? 1 : 1 + dice.below(LINES_MAX);
        while (quantities.size() < lines) {
            quantities.put(sku(dice), 1 + dice.below(3));
        }
        var cancelledAfter =
                dice.chance(0.1)
                        ? Optional.of(Duration.ofMillis(dice.between(0, 4_000)))
                        : Optional.<Duration>empty();
        return new PlannedOrder("chaos-%d-%d".formatted(seed, number), quantities, cancelledAfter);
    }

    private static String sku(Dice dice) {
        int percent = dice.below(100);
        if (percent < 30) {
            return HOT;
        }
        if (percent < 38) {
            return SCARCE;
        }
        return percent < 43 ? SOLD_OUT : dice.oneOf(PLENTY);
    }

    /// Of nobody else, so that a mail that goes to another customer is seen.
    String email() {
        return key + "@example.test";
    }

    Wish wish() {
        return new Wish(key, OrderRequest.of(CUSTOMER, email(), quantities));
    }
}
