package io.eventshop.proof.shop;

import io.eventshop.launcher.demo.client.OrderClient;
import io.eventshop.launcher.demo.client.OrderRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Many customers at once, each a virtual thread, of whom nothing is written down but how long they
/// waited.
public final class Crowd {

    /// Of these there is enough for every order.
    private static final List<String> SKUS =
            List.of("KEYBOARD-1", "MOUSE-1", "MONITOR-1", "CABLE-1", "HEADSET-1", "WEBCAM-1");

    private final OrderClient orders;
    private final String customer;
    private final AtomicInteger number = new AtomicInteger();

    /// @param customer their name
    public Crowd(OrderClient orders, String customer) {
        this.orders = orders;
        this.customer = customer;
    }

    /// One attempt's answer.
    ///
    /// @param status 0 if there was none
    /// @param orderStatus empty unless the order was accepted
    public record Answered(int status, boolean putOff, String orderStatus, long nanos) {

        public boolean isConfirmed() {
            return orderStatus.equals("CONFIRMED");
        }

        public double millis() {
            return nanos / 1e6;
        }
    }

    /// A new order of one item, each time of another one.
    public Answered order(int waitSeconds) throws InterruptedException {
        return order(nextOrder(), UUID.randomUUID().toString(), waitSeconds);
    }

    /// The same order again and again until it is confirmed.
    ///
    /// @throws IllegalStateException if it is not within the limit, or came to another end
    public Answered orderUntilConfirmed(int waitSeconds, Duration limit)
            throws InterruptedException {
        OrderRequest order = nextOrder();
        String key = UUID.randomUUID().toString();
        long start = System.nanoTime();
        while (System.nanoTime() - start < limit.toNanos()) {
            Answered answered = order(order, key, waitSeconds);
            if (answered.status() == 200 && answered.isConfirmed()) {
                return new Answered(
                        answered.status(),
                        false,
                        answered.orderStatus(),
                        System.nanoTime() - start);
            }
            if (answered.status() == 200) {
                throw new IllegalStateException("an order is " + answered.orderStatus());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("an order was not confirmed within " + limit);
    }

    private Answered order(OrderRequest order, String key, int waitSeconds)
            throws InterruptedException {
        long start = System.nanoTime();
        try {
            var answer = orders.place(order, key, waitSeconds);
            return new Answered(
                    answer.status(),
                    answer.isPutOff(),
                    answer.isAccepted() ? answer.orderStatus() : "",
                    System.nanoTime() - start);
        } catch (IOException e) {
            return new Answered(0, false, "", System.nanoTime() - start);
        }
    }

    private OrderRequest nextOrder() {
        String sku = SKUS.get(Math.floorMod(number.getAndIncrement(), SKUS.size()));
        return OrderRequest.of(customer, customer + "@example.test", Map.of(sku, 1));
    }

    /// An open loop: customers come at a constant rate, whether or not those before them were
    /// answered. A shop that is slow cannot slow them down.
    ///
    /// @return what each has brought back
    public static <T> List<T> atPace(double perSecond, Duration time, Callable<T> customer)
            throws InterruptedException {
        var all = new ArrayList<Future<T>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            long count = Math.round(perSecond * time.toMillis() / 1000);
            for (long one = 0; one < count; one++) {
                await(start + Math.round(one * TimeUnit.SECONDS.toNanos(1) / perSecond));
                all.add(threads.submit(customer));
            }
        }
        return results(all);
    }

    /// A closed loop: so many customers, each of whom comes again as soon as he was served.
    ///
    /// @return what all have brought back
    public static <T> List<T> withoutPause(int count, Duration time, Callable<T> customer)
            throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        List<List<T>> all =
                together(
                        count,
                        () -> {
                            var own = new ArrayList<T>();
                            while (System.nanoTime() < end) {
                                own.add(customer.call());
                            }
                            return own;
                        });
        return all.stream().flatMap(List::stream).toList();
    }

    /// Each of so many customers does this once.
    public static <T> List<T> together(int count, Callable<T> customer)
            throws InterruptedException {
        var all = new ArrayList<Future<T>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                all.add(threads.submit(customer));
            }
        }
        return results(all);
    }

    private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
        var results = new ArrayList<T>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return results;
    }

    private static void await(long time) {
        for (long rest = time - System.nanoTime(); rest > 0; rest = time - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }
}
