package io.eventshop.launcher.parts;

import io.eventshop.launcher.Arguments;
import io.eventshop.launcher.Refusal;
import io.eventshop.launcher.servers.Ports;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// All ports of a demo, by the names of their options.
public final class DemoPorts {

    public static final String ORDERS = "orders-port";
    public static final String INVENTORY = "inventory-port";
    public static final String NOTIFICATIONS = "notifications-port";
    public static final String ORDERS_MANAGEMENT = "orders-management-port";
    public static final String INVENTORY_MANAGEMENT = "inventory-management-port";
    public static final String NOTIFICATIONS_MANAGEMENT = "notifications-management-port";
    public static final String POSTGRES = "postgres-port";
    public static final String KAFKA = "kafka-port";
    public static final String SMTP = "smtp-port";

    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put(ORDERS, 8081);
        DEFAULTS.put(INVENTORY, 8082);
        DEFAULTS.put(NOTIFICATIONS, 8083);
        DEFAULTS.put(ORDERS_MANAGEMENT, 9081);
        DEFAULTS.put(INVENTORY_MANAGEMENT, 9082);
        DEFAULTS.put(NOTIFICATIONS_MANAGEMENT, 9083);
        DEFAULTS.put(POSTGRES, 15_432);
        DEFAULTS.put(KAFKA, 19_092);
        DEFAULTS.put(SMTP, 11_025);
    }

    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Set<Integer> given = new HashSet<>();

    private DemoPorts() {}

    public static Set<String> options() {
        return DEFAULTS.keySet();
    }

    public static DemoPorts from(Arguments arguments) {
        var ports = new DemoPorts();
        var taken = new HashMap<Integer, String>();
        DEFAULTS.forEach((option, standard) -> {
            int port = arguments.port(option, standard);
            String other = taken.put(port, option);
            if (other != null) {
                throw arguments.misuse("--%s and --%s are both %d".formatted(other, option, port));
            }
            ports.ports.put(option, port);
        });
        return ports;
    }

    /// Ports that nobody has now, for a shop that nobody has to find.
    static DemoPorts free() {
        var ports = new DemoPorts();
        var free = Stream.generate(Ports::free).distinct().iterator();
        DEFAULTS.keySet().forEach(option -> ports.ports.put(option, free.next()));
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
    public void refuseTaken() {
        ports.forEach((option, port) -> {
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
