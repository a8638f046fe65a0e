package io.eventshop.messaging.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.testkit.TestServers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {

    /// Rows in released databases carry these numbers. If this test fails, the code is wrong.
    @ParameterizedTest
    @CsvSource({
        "0199e3a4-0000-7000-8000-000000000001, 0",
        "0199e3a4-0000-7000-8000-000000000002, 2",
        "0199e3a4-0000-7000-8000-000000000003, 0",
        "0199e3a4-0000-7000-8000-000000000007, 1",
        "TEA-005, 3",
        "TEA-001, 2",
        "MUG-BLUE, 0",
        "Ünïcode, 0",
        "'', 0",
    })
    void an_id_keeps_its_shard_for_ever(String aggregateId, int shard) {
        assertThat(Shard.of(aggregateId)).isEqualTo(shard);
    }

    @Test
    void the_documented_sql_finds_the_same_shard() throws Exception {
        try (var connection = TestServers.administrator().connect();
                var statement =
                        connection.prepareStatement("select crc32(convert_to(?, 'UTF8')) % 4")) {
            for (String id : new String[] {"TEA-001", "Ünïcode", "0199e3a4-0000-7000-8000-1"}) {
                statement.setString(1, id);
                try (var rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();

                    assertThat(rows.getInt(1)).isEqualTo(Shard.of(id));
                }
            }
        }
    }

    @Test
    void ids_that_differ_little_spread_over_all_shards() {
        var counts =
                IntStream.range(0, 1000)
                        .mapToObj("ITEM-%03d"::formatted)
                        .collect(Collectors.groupingBy(Shard::of, Collectors.counting()));

        assertThat(counts).hasSize(Shard.COUNT);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(150L, 350L));
    }
}
