package io.eventshop.proof.shop;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import java.nio.file.Path;

/// What lies between a shop's services and their servers.
public interface Wires {

    /// A broker that sends the services over these wires.
    KafkaServer kafka(Path directory);

    /// Where an instance of a service reaches the broker.
    ///
    /// @param instance its name
    String bootstrapServers(KafkaServer kafka, String instance);

    /// The database as an instance of a service reaches it.
    ///
    /// @param instance its name
    Database database(Database database, String instance);
}
