package io.eventshop.launcher.demo.parts;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.services.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How often each service runs, from `--instances order-service=2`.
public final class Instances {

    /// More would not fit on a machine that runs all of the demo.
    static final int MAX = 4;

    private final Map<Service, Integer> counts = new HashMap<>();

    private Instances() {}

    public static Instances from(Arguments arguments, List<Service> services) {
        var instances = new Instances();
        for (String typed : arguments.all("instances")) {
            String[] halves = typed.split("=", -1);
            if (halves.length != 2 || !halves[1].matches("[1-%d]".formatted(MAX))) {
                throw arguments.misuse(
                        "--instances wants <service>=<1 to %d>, not %s".formatted(MAX, typed));
            }
            instances.counts.put(named(halves[0], services), Integer.parseInt(halves[1]));
        }
        return instances;
    }

    private static Service named(String name, List<Service> services) {
        return Service.named(name, services)
                .orElseThrow(() ->
                        Refusal.misuse(
                                "%s is not a service; the services are %s."
                                        .formatted(
                                                name,
                                                services.stream()
                                                        .map(Service::name)
                                                        .collect(Collectors.joining(", ")))));
    }

    public int of(Service service) {
        return counts.getOrDefault(service, 1);
    }
}
