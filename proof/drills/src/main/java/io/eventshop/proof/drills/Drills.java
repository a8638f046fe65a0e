package io.eventshop.proof.drills;

import java.util.List;
import java.util.Optional;

/// All drills, in the order in which they are worth doing.
public final class Drills {

    public static final List<Drill> ALL =
            List.of(
                    new DuplicateDrill(),
                    new PoisonDrill(),
                    new BrokerDownDrill(),
                    new CrashAfterPublishDrill(),
                    new SlowConsumerDrill(),
                    new OldVersionDrill(),
                    new TwoInstancesDrill(),
                    new OutOfOrderDrill());

    private Drills() {}

    public static Optional<Drill> named(String name) {
        return ALL.stream().filter(drill -> drill.name().equals(name)).findFirst();
    }
}
