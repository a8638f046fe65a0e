package io.eventshop.launcher.drills;

import io.eventshop.launcher.Checkout;
import io.eventshop.launcher.Console;
import io.eventshop.launcher.Refusal;
import io.eventshop.launcher.check.History;
import io.eventshop.launcher.check.ShopDatabases;
import io.eventshop.launcher.parts.DemoPorts;
import io.eventshop.launcher.supervision.StateFile;
import java.io.IOException;
import java.time.Duration;

/// All that a drill works with, of one running demo. Closing it makes the demo whole again.
public final class Bench implements AutoCloseable {

    final Story story;
    final Repairs repairs = new Repairs();
    final Parts parts;
    final ShopDatabases databases;
    final Rest rest = new Rest();
    final Topics topics;
    final Orders orders;
    final Evidence evidence;
    private final History history;

    /// Waits until all parts are ready.
    public Bench(Checkout checkout, ShopDatabases databases, Console console)
            throws IOException, InterruptedException {
        this.story = new Story(console);
        this.databases = databases;
        this.history = History.in(checkout.history(), console.clock());
        this.parts = new Parts(new StateFile(checkout.stateFile()), repairs, history);
        parts.letAllGoOn();
        parts.awaitReady();
        this.topics = new Topics("localhost:" + port(DemoPorts.KAFKA), history);
        this.orders = new Orders(rest, history, port(DemoPorts.ORDERS));
        this.evidence = new Evidence(story, databases, topics, orders);
    }

    int port(String name) {
        return parts.state().port(name);
    }

    /// Waits for what has to happen before the drill can go on.
    ///
    /// @throws Refusal if it does not within the limit
    void await(String what, Duration limit, Patience.Condition condition)
            throws InterruptedException {
        if (!Patience.until(limit, condition)) {
            throw Refusal.because("Waited %d s in vain for %s.".formatted(limit.toSeconds(), what));
        }
    }

    /// Whether everything that was promised has happened.
    public boolean allKept() {
        return story.allKept();
    }

    @Override
    public void close() throws IOException {
        repairs.close();
        topics.close();
        rest.close();
        history.close();
    }
}
