package io.eventshop.proof.system.demo;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.demo.parts.PreparedService;
import io.eventshop.launcher.servers.ChildProcess;
import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.PreparedServices;
import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the AOT caches of `./demo` hold.
@Tag("system")
class PreparationTest {

    /// Loaded by what comes after the application has been put together: its migrations, its
    /// consumers, its first answer.
    private static final List<String> BEYOND_THE_REFRESH =
            List.of(
                    "org.flywaydb.core.internal.command.DbMigrate",
                    "org.apache.kafka.clients.consumer.KafkaConsumer",
                    "org.postgresql.jdbc.PgResultSet");

    private final Path directory = Trees.temporary("preparation");

    @Test
    void a_cache_holds_what_a_service_needs_for_its_first_answer() throws Exception {
        for (Service service : Services.ALL) {
            var missing = new HashSet<>(BEYOND_THE_REFRESH);
            missing.removeAll(cached(PreparedServices.of(service)));
            assertThat(missing).as("not in the cache of %s", service).isEmpty();
        }
    }

    /// A JVM takes all classes of its cache before anything else, and says so. This one finds no
    /// database and ends.
    private Set<String> cached(PreparedService service) throws IOException {
        Path log = directory.resolve(service.service() + ".classes");
        var arguments = new ArrayList<>(service.command(JavaProgram.java()));
        arguments.add(1, "-Xlog:class+load:file=" + log);
        var child =
                ChildProcess.start(
                        new ChildProcess.Command(
                                "classes-" + service.service(),
                                arguments,
                                Map.of(
                                        "SPRING_DATASOURCE_URL",
                                        "jdbc:postgresql://localhost:1/none"),
                                directory,
                                Signal.TERM));
        child.onExit().orTimeout(5, TimeUnit.MINUTES).join();
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.endsWith("source: shared objects file"))
                    .map(line -> line.replaceFirst("^.*\\] (\\S+) source:.*$", "$1"))
                    .collect(toSet());
        }
    }
}
