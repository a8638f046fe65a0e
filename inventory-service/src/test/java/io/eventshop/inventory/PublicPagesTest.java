package io.eventshop.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.EventType;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.web.problem.ProblemType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.http.HttpStatusCode;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.ClassUtils;

/// What the service's events and problems refer to is there to be read.
@InventoryTest
class PublicPagesTest {

    @LocalServerPort private int port;

    static Stream<String> schemas() {
        return ShopEvents.CATALOG.types().stream()
                .filter(type -> type.topic().owner().equals(Topics.STOCK.owner()))
                .map(EventType::schemaPath);
    }

    static Stream<ProblemType> refusals() {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AssignableTypeFilter(ProblemType.class));
        return scan.findCandidateComponents("io.eventshop.inventory").stream()
                .map(found ->
                        ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
                .flatMap(type -> Arrays.stream((ProblemType[]) type.getEnumConstants()));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void the_schema_that_an_event_names_is_served(String path) {
        assertThat(status(path)).isEqualTo(HttpStatusCode.valueOf(200));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_of_its_own_leads_to_a_page(ProblemType refusal) {
        assertThat(status("/problems/" + refusal.slug())).isEqualTo(HttpStatusCode.valueOf(200));
    }

    private HttpStatusCode status(String path) {
        return RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build()
                .get()
                .uri(path)
                .exchange()
                .returnResult(byte[].class)
                .getStatus();
    }
}
