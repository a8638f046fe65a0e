package io.eventshop.proof.system.bugs;

import io.eventshop.launcher.demo.client.OrderClient.Answer;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.Customer;
import io.eventshop.proof.shop.History;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.proof.shop.Wish;
import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Customers who repeat what got no answer with its key, until they are answered.
final class Customers implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor();
    private final Shop shop;
    private final Customer customer;

    Customers(Shop shop, History history) {
        this.shop = shop;
        this.customer = new Customer(shop.client().orders(ANSWER_WITHIN), history);
    }

    /// Of one item, with a mail address of its own.
    static Wish wish(String sku, int quantity) {
        return Wish.of("ada", "ada-" + UUID.randomUUID() + "@example.test", Map.of(sku, quantity));
    }

    /// Some orders, one after the other, each until it is accepted.
    void place(int count, String sku) {
        for (int i = 0; i < count; i++) {
            var _ = place(wish(sku, 1 + i % 3));
        }
    }

    /// Repeats the wish with its key until it is accepted.
    UUID place(Wish wish) {
        return Eventually.await("the order is accepted")
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .until(() -> attempt(wish), id -> id != null);
    }

    Future<UUID> placeMeanwhile(Wish wish) {
        return crowd.submit(() -> place(wish));
    }

    /// One attempt.
    ///
    /// @return null unless it was accepted
    @Nullable UUID attempt(Wish wish) throws InterruptedException {
        try {
            Answer answer = customer.ask(wish);
            return answer.isAccepted() ? answer.id() : null;
        } catch (IOException e) {
            return null;
        }
    }

    void cancel(UUID order) throws IOException, InterruptedException {
        var _ = customer.cancel(order);
    }

    /// Goods arrive in the warehouse, unless it is too busy to take them.
    Future<?> receiveMeanwhile(String sku, int quantity) {
        var uri =
                shop.instances(Services.INVENTORY)
                        .getFirst()
                        .uri("/api/v1/items/" + sku + "/receipts");
        return crowd.submit(() -> sendOnce(uri, Map.of("quantity", quantity)));
    }

    /// Somebody has mended what kept the broker from taking an event of this key. Whatever is
    /// answered: a bug may have parked nothing.
    void retryParked(Service service, String topic, String key) throws InterruptedException {
        var uri = shop.instances(service).getFirst().managementUri("/actuator/outbox/retry");
        var body = Map.of("topic", topic, "key", key, "actor", "test", "reason", "mended");
        var _ = sendOnce(uri, body);
    }

    /// @return whether it was taken; if not, the judge will tell what that means
    private boolean sendOnce(URI uri, Map<String, ?> body) throws InterruptedException {
        try {
            var _ = shop.client().send("POST", uri, JsonMapper.shared().writeValueAsString(body));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        var _ = crowd.shutdownNow();
    }
}
