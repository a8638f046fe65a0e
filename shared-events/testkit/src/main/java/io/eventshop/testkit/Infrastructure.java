package io.eventshop.testkit;

import io.eventshop.launcher.servers.Database;

/// Where the servers of a test JVM come from. Each is started when it is first asked for.
interface Infrastructure {

    /// The superuser's database.
    Database postgres();

    String kafkaBootstrapServers();
}
