package io.eventshop.contracts.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The gate for our own contracts. What it says is what to do; `docs/evolving-events.md` has the
/// steps in order.
class ContractsTest {

    private final Contracts contracts = Contracts.ours();

    @Test
    void each_version_has_a_schema_a_sample_and_a_line_in_the_change_log_and_nothing_lies_around() {
        assertThat(FilesCheck.problems(contracts)).isEmpty();
    }

    @Test
    void each_sample_is_an_event_of_its_version() {
        assertThat(SamplesCheck.problems(contracts)).isEmpty();
    }

    @Test
    void what_was_released_is_unchanged() {
        assertThat(ReleasedCheck.problems(contracts)).isEmpty();
    }

    @Test
    void every_reader_of_a_major_reads_every_writer_of_it_and_versions_say_what_changed() {
        assertThat(CompatibilityCheck.problems(contracts)).isEmpty();
    }

    @Test
    void every_record_agrees_with_its_schema() {
        assertThat(DriftCheck.problems(contracts)).isEmpty();
    }
}
