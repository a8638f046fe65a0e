package io.eventshop.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.web.app.WebTest;
import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;

@WebTest
class CarrierThreadsTest {

    private static final String TOLD = "jdk.virtualThreadScheduler.parallelism";

    private final VirtualThreadSchedulerMXBean scheduler =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

    @Test
    void a_service_has_two_for_each_processor() {
        assertThat(scheduler.getParallelism())
                .isEqualTo(2 * Runtime.getRuntime().availableProcessors());
    }

    @Test
    void a_jvm_that_was_told_how_many_is_left_alone() {
        int before = scheduler.getParallelism();
        System.setProperty(TOLD, "3");
        scheduler.setParallelism(3);
        try {
            new CarrierThreads().afterPropertiesSet();

            assertThat(scheduler.getParallelism()).isEqualTo(3);
        } finally {
            scheduler.setParallelism(before);
            System.clearProperty(TOLD);
        }
    }
}
