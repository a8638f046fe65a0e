package io.eventshop.proof.shop;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import java.nio.file.Path;

/// Nothing lies between.
record DirectWires() implements Wires {

    @Override
    public KafkaServer kafka(Path directory) {
        return new KafkaServer(directory, 0);
    }

    @Override
    public String bootstrapServers(KafkaServer kafka, String instance) {
        return kafka.bootstrapServers();
    }

    @Override
    public Database database(Database database, String instance) {
        return database;
    }
}
