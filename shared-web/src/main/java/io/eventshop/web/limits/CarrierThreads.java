package io.eventshop.web.limits;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.springframework.beans.factory.InitializingBean;

/// Gives virtual threads two carriers for each processor, unless the JVM was told how many.
///
/// On a carrier it is first come, first served. With one for each processor a request that comes
/// back from the database stands behind everyone who has arrived meanwhile, at each of its
/// statements. With more of them the kernel chooses, and prefers who has waited.
final class CarrierThreads implements InitializingBean {

    private static final String TOLD = "jdk.virtualThreadScheduler.parallelism";
    private static final int EACH = 2;

    @Override
    public void afterPropertiesSet() {
        if (System.getProperty(TOLD) == null) {
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class)
                    .setParallelism(EACH * Runtime.getRuntime().availableProcessors());
        }
    }
}
