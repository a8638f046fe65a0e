package io.eventshop.launcher.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/// The child JVM's main class: formats the storage on the first start, then is the broker.
final class KafkaMain {

    private KafkaMain() {}

    /// @param arguments the broker's properties file and its log directory
    public static void main(String[] arguments) {
        var properties = arguments[0];
        var logs = Path.of(arguments[1]);
        if (!Files.exists(logs.resolve("meta.properties"))) {
            format(properties);
        }
        Kafka.main(new String[] {properties});
    }

    private static void format(String properties) {
        int status =
                StorageTool.execute(
                        new String[] {
                            "format",
                            "--standalone",
                            "--cluster-id",
                            Uuid.randomUuid().toString(),
                            "--config",
                            properties
                        },
                        System.out);
        if (status != 0) {
            throw new IllegalStateException("the storage cannot be formatted, see above");
        }
    }
}
