package io.eventshop.system;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import java.nio.file.Path;

/// What lies between a shop's services and their servers.
sealed interface Wires permits DirectWires, BreakableWires {

    /// A broker that sends the services over these wires.
    KafkaServer kafka(Path directory);

    /// Where an instance of a service reaches the broker.
    ///
    /// @param instance its name
    String bootstrapServers(KafkaServer kafka, String instance);

    /// Where an instance of a service reaches its database.
    ///
    /// @param instance its name
    String databaseUrl(Database database, String instance);
}
