package io.eventshop.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.web.app.WebTest;
import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;

@WebTest
class CarrierThreadsTest {

    @Test
    void a_service_has_two_for_each_processor() {
        var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

        assertThat(scheduler.getParallelism())
                .isEqualTo(2 * Runtime.getRuntime().availableProcessors());
    }
}
