package io.eventshop.web.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import io.eventshop.web.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WebTest
class PagingTest {

    private static final Instant TIME = Instant.parse("2026-11-23T10:15:30.123456Z");
    private static final UUID ID = UUID.fromString("5e4d2f8a-0000-7000-8000-000000000001");

    @Autowired Http http;

    @Test
    void a_list_is_read_to_its_end_page_by_page() {
        var items = new ArrayList<Integer>();
        String cursor = "";
        int pages = 0;
        do {
            var page = http.get("/api/v1/things?limit=20" + cursor).json();
            page.path("items").forEach(item -> items.add(item.asInt()));
            cursor = page.has("next") ? "&cursor=" + page.path("next").asString() : "";
            pages++;
        } while (!cursor.isEmpty());

        assertThat(items).isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void a_last_page_that_is_full_has_no_next() {
        assertThat(http.get("/api/v1/things?limit=50").json().has("next")).isFalse();
    }

    @Test
    void a_cursor_comes_back_as_the_position_it_was() {
        var text = Cursor.after(TIME, ID, "Ä/b").encode("orders?status=PENDING");

        var cursor = Cursor.decode(text, "orders?status=PENDING").orElseThrow();

        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(cursor.instant(0)).isEqualTo(TIME);
        assertThat(cursor.uuid(1)).isEqualTo(ID);
        assertThat(cursor.text(2)).isEqualTo("Ä/b");
        assertThat(Cursor.decode(null, "orders")).isEmpty();
    }

    @Test
    void every_change_of_a_cursor_is_noticed() {
        var text = Cursor.after(TIME, ID).encode("orders");

        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            assertInvalid(text.substring(0, i) + other + text.substring(i + 1), "orders");
            assertInvalid(text.substring(0, i), "orders");
        }
        assertInvalid(text + "A", "orders");
        assertInvalid(text + "=", "orders");
        assertInvalid("A".repeat(10_000), "orders");
        assertInvalid(text, "orders?status=PENDING");
    }

    @Test
    void a_forged_position_harms_nobody() {
        var forged = Cursor.after("+1000000000-12-31T23:59:59Z", "x\u0000", "1e9").encode("orders");

        var cursor = Cursor.decode(forged, "orders").orElseThrow();

        assertThatThrownBy(() -> cursor.instant(0)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> cursor.instant(1)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> cursor.uuid(0)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> cursor.text(1)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> cursor.text(3)).isInstanceOf(Problem.class);
    }

    private static void assertInvalid(String text, String query) {
        assertThatThrownBy(() -> Cursor.decode(text, query))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("invalid-cursor");
    }
}
