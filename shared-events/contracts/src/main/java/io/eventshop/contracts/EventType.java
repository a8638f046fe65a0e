package io.eventshop.contracts;

/// One version of one event, as the catalog lists it.
///
/// @param name a stable name, e.g. `orders.order-placed`; never a Java class name, so that forks
///   may rename packages
/// @param version the full version of its JSON Schema, e.g. `2.0.0`
/// @param payload the record that is written and read
/// @param topic where it is published
public record EventType<T>(String name, String version, Class<T> payload, Topic topic) {

    private static final String NAMESPACE = "org.eventshop.";

    /// The CloudEvents `type`: the name and the major version, e.g.
    /// `org.eventshop.orders.order-placed.v2`.
    public String wireName() {
        return family() + major();
    }

    /// The `type` without the number of its major version, e.g.
    /// `org.eventshop.orders.order-placed.v`: what all versions of an event share.
    public String family() {
        return NAMESPACE + name + ".v";
    }

    public int major() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    /// The path at which the owner serves the schema, e.g. `/schemas/orders.order-placed/2.0.0`.
    public String schemaPath() {
        return "/schemas/" + name + "/" + version;
    }

    /// The class-path resource of the JSON Schema.
    public String schemaResource() {
        return schemaPath() + ".json";
    }
}
