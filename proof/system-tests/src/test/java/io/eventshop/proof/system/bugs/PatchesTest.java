package io.eventshop.proof.system.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Told by every build, and not only where the bugs are run: who changes a line that a bug is made
/// of has to make the bug anew.
class PatchesTest {

    @ParameterizedTest
    @EnumSource
    void a_bug_fits_the_code_of_today(SeededBug bug) throws IOException {
        for (Patch patch : bug.patches()) {
            assertThat(patch.applyTo(patch.read())).isNotEqualTo(patch.read());
        }
    }
}
