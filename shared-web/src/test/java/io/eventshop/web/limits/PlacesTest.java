package io.eventshop.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final int ALL = 4;

    private final AtomicLong clock = new AtomicLong();
    private final Places places = new Places(ALL, clock::get);

    @Test
    void after_a_second_of_many_refusals_there_are_half_as_many() throws Exception {
        takeAll();
        refuse(ALL + ALL / 2 + 1);

        pass(Duration.ofSeconds(1));
        assertThat(places.take(0)).isFalse();

        places.release(ALL / 2);
        assertThat(places.take(0)).as("who had a place kept it").isFalse();
        places.release(ALL / 2);
        assertThat(places.availablePermits()).isEqualTo(ALL / 2);
    }

    @Test
    void a_few_refusals_are_chance() throws Exception {
        takeAll();
        refuse(ALL + ALL / 2);

        pass(Duration.ofSeconds(1));
        assertThat(places.take(0)).isFalse();

        places.release(ALL);
        assertThat(places.availablePermits()).isEqualTo(ALL);
    }

    @Test
    void a_third_refused_is_not_many_however_many_come() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(places.take(0)).isTrue();
            places.release();
        }
        takeAll();
        refuse(50);

        pass(Duration.ofSeconds(1));
        assertThat(places.take(0)).isFalse();

        places.release(ALL);
        assertThat(places.availablePermits()).isEqualTo(ALL);
    }

    @Test
    void a_second_with_few_refusals_gives_them_back() throws Exception {
        halve();

        pass(Duration.ofSeconds(1));
        assertThat(places.take(0)).isTrue();

        places.release();
        assertThat(places.availablePermits()).isEqualTo(ALL);
    }

    @Test
    void a_second_like_the_last_leaves_half() throws Exception {
        halve();
        assertThat(places.tryAcquire(ALL / 2)).isTrue();
        refuse(2 * ALL);

        pass(Duration.ofSeconds(1));
        assertThat(places.take(0)).isFalse();

        places.release(ALL / 2);
        assertThat(places.availablePermits()).isEqualTo(ALL / 2);
    }

    @Test
    void after_a_pause_all_are_there() throws Exception {
        takeAll();
        refuse(10 * ALL);
        places.release(ALL);

        pass(Duration.ofSeconds(2));
        assertThat(places.take(0)).isTrue();

        places.release();
        assertThat(places.availablePermits()).isEqualTo(ALL);
    }

    private void halve() throws InterruptedException {
        takeAll();
        refuse(2 * ALL);
        pass(Duration.ofSeconds(1));
        refuse(1);
        places.release(ALL);
        assertThat(places.availablePermits()).isEqualTo(ALL / 2);
    }

    private void takeAll() throws InterruptedException {
        for (int i = 0; i < ALL; i++) {
            assertThat(places.take(0)).isTrue();
        }
    }

    private void refuse(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            assertThat(places.take(0)).isFalse();
        }
    }

    private void pass(Duration time) {
        var _ = clock.addAndGet(time.toNanos());
    }
}
