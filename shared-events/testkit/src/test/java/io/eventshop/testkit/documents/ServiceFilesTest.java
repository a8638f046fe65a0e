package io.eventshop.testkit.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.services.Service;
import io.eventshop.launcher.services.Service.Consumer;
import io.eventshop.launcher.services.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What each `service.properties` says is what the service, its documents and compose say.
class ServiceFilesTest {

    private static final Path TOP = Sources.root();
    private static final JsonMapper JSON = JsonMapper.shared();

    static List<Service> services() {
        return Service.in(TOP);
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_is_configured_as_its_file_says(Service service) throws IOException {
        Map<String, String> settings = settings(service);

        assertThat(settings)
                .containsEntry("spring.application.name", service.name())
                .containsEntry("server.port", Integer.toString(service.port()))
                .containsEntry("management.server.port", Integer.toString(service.managementPort()))
                .containsEntry(
                        "spring.datasource.url",
                        "jdbc:postgresql://localhost:15432/" + service.database())
                .containsEntry("spring.datasource.username", service.database())
                .containsEntry("spring.datasource.password", service.password(_ -> null));
        assertThat(settings.containsKey("spring.mail.host")).isEqualTo(service.needsMail());
    }

    private static Map<String, String> settings(Service service) throws IOException {
        var file =
                new FileSystemResource(
                        service.directory().resolve("src/main/resources/application.yml"));
        var settings = new TreeMap<String, String>();
        for (var source : new YamlPropertySourceLoader().load("application", file)) {
            ((Map<?, ?>) source.getSource())
                    .forEach((name, value) -> settings.put(name.toString(), value.toString()));
        }
        return settings;
    }

    /// Which a test of the service holds to its subscriptions.
    @ParameterizedTest
    @MethodSource("services")
    void its_consumers_are_those_of_its_document(Service service) throws IOException {
        var topics = new TreeMap<String, TreeSet<String>>();
        Path document = service.directory().resolve("asyncapi.yaml");
        if (Files.exists(document)) {
            for (JsonNode operation : yaml(document).path("operations")) {
                if (operation.path("action").asString().equals("receive")) {
                    String channel = operation.at("/channel/$ref").asString();
                    topics.computeIfAbsent(
                                    operation.at("/bindings/kafka/groupId/const").asString(),
                                    _ -> new TreeSet<>())
                            .add(channel.substring(channel.lastIndexOf('/') + 1));
                }
            }
        }

        var said = new TreeMap<String, TreeSet<String>>();
        for (Consumer consumer : service.consumers()) {
            said.put(consumer.group(), new TreeSet<>(consumer.topics()));
        }
        assertThat(said).isEqualTo(topics);
    }

    @ParameterizedTest
    @MethodSource("services")
    void compose_runs_it_as_its_file_says(Service service) throws IOException {
        JsonNode compose = yaml(TOP.resolve("docker-compose.yml"));
        JsonNode part = compose.path("services").path(service.name());
        String variable = service.database().toUpperCase(Locale.ROOT) + "_PASSWORD";
        String password = "${EVENTSHOP_%s:-%s}".formatted(variable, service.password(_ -> null));

        assertThat(part.path("ports").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(
                        "127.0.0.1:%1$d:%1$d".formatted(service.port()),
                        "127.0.0.1:%1$d:%1$d".formatted(service.managementPort()));
        JsonNode environment = part.path("environment");
        assertThat(environment.path("SERVER_PORT").asInt()).isEqualTo(service.port());
        assertThat(environment.path("MANAGEMENT_SERVER_PORT").asInt())
                .isEqualTo(service.managementPort());
        assertThat(environment.path("SPRING_DATASOURCE_URL").asString())
                .isEqualTo("jdbc:postgresql://postgres:5432/" + service.database());
        assertThat(environment.path("SPRING_DATASOURCE_PASSWORD").asString()).isEqualTo(password);
        assertThat(environment.has("SPRING_MAIL_HOST")).isEqualTo(service.needsMail());
        assertThat(part.at("/build/args/SERVICE").asString()).isEqualTo(service.name());
        assertThat(compose.at("/services/postgres/environment/" + variable).asString())
                .isEqualTo(password);
    }

    @Test
    void compose_makes_a_database_for_each_service_and_no_other() throws IOException {
        String databases =
                yaml(TOP.resolve("docker-compose.yml"))
                        .at("/services/postgres/environment/DATABASES")
                        .asString();

        assertThat(databases.split(" ", -1))
                .containsExactlyInAnyOrderElementsOf(
                        services().stream().map(Service::database).toList());
    }

    @Test
    void no_two_services_share_a_port_or_a_database() {
        var taken = new ArrayList<Object>();
        services()
                .forEach(service -> {
                    taken.add(service.port());
                    taken.add(service.managementPort());
                    taken.add(service.database());
                });

        assertThat(taken).isNotEmpty().doesNotHaveDuplicates();
    }

    private static JsonNode yaml(Path file) throws IOException {
        return JSON.valueToTree(
                Objects.requireNonNull(new Yaml().<Object>load(Files.readString(file))));
    }
}
