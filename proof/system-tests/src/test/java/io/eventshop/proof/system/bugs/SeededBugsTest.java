package io.eventshop.proof.system.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.proof.system.Share;
import io.eventshop.testkit.Proof;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A checker that finds nothing may be blind. So each bug is seeded, brought to show, and has to be
/// found, and what ships has to pass what the bugs do not.
///
/// `-Deventshop.bug=SKIP_LOCKED_WORKERS` takes one bug, or several with commas between them.
@Proof(quarters = {2, 4})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeededBugsTest {

    private static OpenAhead shops;

    @BeforeAll
    static void open() {
        var order = new ArrayList<@Nullable SeededBug>();
        order.add(null);
        bugs().forEach(order::add);
        shops = new OpenAhead(order);
    }

    @AfterAll
    static void close() {
        shops.close();
    }

    static Stream<SeededBug> bugs() {
        String chosen = System.getProperty("eventshop.bug", "");
        return chosen.isEmpty()
                ? Share.of(SeededBugsTest.class, byProvocation()).stream()
                : Stream.of(chosen.split(",", -1)).map(SeededBug::valueOf);
    }

    /// So that few provocations come in both quarters.
    private static List<SeededBug> byProvocation() {
        return Stream.of(SeededBug.values())
                .sorted(Comparator.comparing(SeededBug::provocation))
                .toList();
    }

    /// One shop goes through all of it.
    @Test
    @Order(1)
    void what_ships_stands_every_provocation() throws Throwable {
        try (var shop = shops.open(null)) {
            for (Provocation provocation : provocations()) {
                provocation.happenTo(shop);

                var verdict = shop.verdict();
                assertThat(verdict.isClean()).as("%s%n%s", provocation, verdict).isTrue();
            }
        }
    }

    private static List<Provocation> provocations() {
        return bugs().map(SeededBug::provocation).distinct().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    @Order(2)
    void a_bug_is_found(SeededBug bug) throws Throwable {
        try (var shop = shops.open(bug)) {
            bug.provocation().happenTo(shop);

            var verdict = shop.verdict();

            assertThat(verdict.violates(bug.promise()))
                    .as("%s: %s%n%s", bug, bug.sentence(), verdict)
                    .isTrue();
        }
    }
}
