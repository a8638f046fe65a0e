package io.eventshop.launcher.demo.parts;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.servers.Ports;
import io.eventshop.launcher.services.Service;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// All ports of a demo, by the names of their options: of each service, after its database, and of
/// the servers.
public final class DemoPorts {

    public static final String POSTGRES = "postgres-port";
    public static final String KAFKA = "kafka-port";
    public static final String SMTP = "smtp-port";

    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Set<Integer> given = new HashSet<>();

    private DemoPorts() {}

    /// The option for a service's port.
    public static String of(Service service) {
        return service.database() + "-port";
    }

    /// The option for a service's management port.
    public static String managementOf(Service service) {
        return service.database() + "-management-port";
    }

    /// Each option with the port that is usual.
    public static Map<String, Integer> usual(List<Service> services) {
        var usual = new LinkedHashMap<String, Integer>();
        services.forEach(service -> usual.put(of(service), service.port()));
        services.forEach(service -> usual.put(managementOf(service), service.managementPort()));
        usual.put(POSTGRES, 15_432);
        usual.put(KAFKA, 19_092);
        usual.put(SMTP, 11_025);
        return usual;
    }

    public static DemoPorts from(Arguments arguments, List<Service> services) {
        var ports = new DemoPorts();
        var taken = new HashMap<Integer, String>();
        usual(services)
                .forEach((option, standard) -> {
                    int port = arguments.port(option, standard);
                    String other = taken.put(port, option);
                    if (other != null) {
                        throw arguments.misuse(
                                "--%s and --%s are both %d".formatted(other, option, port));
                    }
                    ports.ports.put(option, port);
                });
        return ports;
    }

    /// Ports that nobody has now, for a shop that nobody has to find.
    static DemoPorts free(List<Service> services) {
        var ports = new DemoPorts();
        var free = Stream.generate(Ports::free).distinct().iterator();
        usual(services).keySet().forEach(option -> ports.ports.put(option, free.next()));
        return ports;
    }

    public int get(String option) {
        Integer port = ports.get(option);
        if (port == null) {
            throw new IllegalArgumentException("no port is named " + option);
        }
        return port;
    }

    public Map<String, Integer> asMap() {
        return ports;
    }

    /// A start into a taken port would fail late and say little.
    ///
    /// @param services that are started as well as the servers
    public void refuseTaken(List<Service> services) {
        usual(services)
                .keySet()
                .forEach(option -> {
                    int port = get(option);
                    if (isTaken(port)) {
                        throw Refusal.because(
                                "Port %d is taken by another program; choose a free one with --%s <port>."
                                        .formatted(port, option));
                    }
                });
    }

    /// Looked at from both sides, because either alone can miss a listener on another address of
    /// this machine.
    static boolean isTaken(int port) {
        return Ports.isOpen(port) || !Ports.isFree(port);
    }

    /// The first port from there on that nobody has or will have, for a part that has no option of
    /// its own. Each is given once.
    int freeFrom(int port) {
        int candidate = port;
        while (ports.containsValue(candidate) || given.contains(candidate) || isTaken(candidate)) {
            candidate++;
        }
        given.add(candidate);
        return candidate;
    }
}
