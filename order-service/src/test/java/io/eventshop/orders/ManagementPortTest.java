package io.eventshop.orders;

import static io.eventshop.orders.Inventory.reserved;
import static io.eventshop.orders.Shop.customer;
import static io.eventshop.orders.Shop.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;

/// What the person on call sees and may do, as `docs/operations.md` says it.
@OrderServiceTest
class ManagementPortTest {

    private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");

    /// Those of notification-service alone are not here.
    private static final Pattern METER = Pattern.compile("`(eventshop_(?!notifications_)\\w+)`");

    @Autowired Shop shop;
    @Autowired InboxProbe inbox;
    @LocalManagementPort int port;

    @Test
    void every_meter_that_the_operations_page_names_is_scraped() throws IOException {
        var cancelled = shop.places(order(customer(), "KEYBOARD-1")).id();
        assertThat(shop.cancels(cancelled).status()).isEqualTo(200);
        inbox.delivers(reserved(cancelled));

        var scrape = shop.manages("/actuator/prometheus").response().body();

        assertThat(metersOnThePage())
                .hasSizeGreaterThan(10)
                .allSatisfy(meter ->
                        assertThat(scrape)
                                .containsPattern("(?m)^" + meter + "(_count)?(\\{.*})? \\d"));
    }

    private static List<String> metersOnThePage() throws IOException {
        return METER.matcher(Files.readString(OPERATIONS))
                .results()
                .map((MatchResult meter) -> meter.group(1))
                .toList();
    }

    @Test
    void the_public_port_manages_nothing() {
        assertThat(shop.get("/actuator/prometheus").status()).isEqualTo(404);
        assertThat(shop.get("/actuator/outbox").status()).isEqualTo(404);
    }

    /// Where a machine has no second loopback address this proves nothing; Linux has them all.
    @Test
    void the_management_port_listens_on_the_loopback_address_only() {
        assertThatThrownBy(() -> new Socket("127.0.0.2", port).close())
                .isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /actuator/outbox/retry",
        "POST, /actuator/outbox/discard",
        "POST, /actuator/deadletters/order-saga/{id}",
        "DELETE, /actuator/deadletters/order-saga/{id}?actor=ada&reason=none"
    })
    void changes_are_refused_with_the_setting_that_allows_them(String method, String path) {
        var body =
                """
                {"topic":"orders.events","key":"some-key","actor":"ada","reason":"none"}
                """;

        var answer = shop.manages(method, path.replace("{id}", UUID.randomUUID().toString()), body);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("/message")).contains("eventshop.messaging.write-operations=true");
    }
}
