package io.eventshop.launcher.parts;

import io.eventshop.launcher.Arguments;
import java.util.EnumMap;
import java.util.Map;

/// How often each service runs, from `--instances order-service=2`.
public final class Instances {

    /// More would not fit on a machine that runs all of the demo.
    static final int MAX = 4;

    private final Map<Service, Integer> counts = new EnumMap<>(Service.class);

    private Instances() {}

    public static Instances from(Arguments arguments) {
        var instances = new Instances();
        for (String typed : arguments.all("instances")) {
            String[] halves = typed.split("=", -1);
            if (halves.length != 2 || !halves[1].matches("[1-%d]".formatted(MAX))) {
                throw arguments.misuse(
                        "--instances wants <service>=<1 to %d>, not %s".formatted(MAX, typed));
            }
            instances.counts.put(Service.named(halves[0]), Integer.parseInt(halves[1]));
        }
        return instances;
    }

    public int of(Service service) {
        return counts.getOrDefault(service, 1);
    }
}
