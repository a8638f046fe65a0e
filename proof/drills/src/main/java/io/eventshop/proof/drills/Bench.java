package io.eventshop.proof.drills;

import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.client.DemoShop;
import io.eventshop.launcher.demo.parts.DemoPorts;
import io.eventshop.launcher.demo.supervision.StateFile;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.MailFile;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.check.Before;
import io.eventshop.proof.check.CheckCommand;
import io.eventshop.proof.shop.History;
import io.eventshop.proof.shop.Patience;
import io.eventshop.proof.shop.RunningShop;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.ShopClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// All that a drill works with, of one running demo. Closing it makes the demo whole again.
public final class Bench implements AutoCloseable {

    final Story story;
    final Repairs repairs = new Repairs();
    final Parts parts;
    final Topics topics;
    final Orders orders;
    final Evidence evidence;
    final ShopClient client;
    private final RunningShop shop;
    private final Before before;
    private final History history;

    /// Waits until all parts are ready, and only then has the shop judged as it was before.
    public Bench(Checkout checkout, DemoShop demo, CheckCommand check, Console console)
            throws IOException, InterruptedException {
        this.story = new Story(console);
        this.shop = RunningShop.of(demo, MailFile.in(checkout.mails()));
        this.client = new ShopClient(shop);
        this.history = History.in(checkout.history(), console.clock());
        this.parts = new Parts(new StateFile(checkout.stateFile()), repairs, history);
        parts.letAllGoOn();
        parts.awaitReady();
        this.before = check.before();
        this.topics = new Topics(shop.bootstrapServers(), history);
        this.orders =
                Orders.at(demo.http(), parts.state().port(DemoPorts.of(Services.ORDER)), history);
        this.evidence = new Evidence(story, shop, before, topics, orders);
    }

    Database database(Service service) {
        return shop.database(service);
    }

    /// Where the first instance of a service has its API.
    URI api(Service service) {
        return shop.apis(service).getFirst();
    }

    URI management(Service service) {
        return shop.managements(service).getFirst();
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

    public Before before() {
        return before;
    }

    /// Whether everything that was promised has happened.
    public boolean allKept() {
        return story.allKept();
    }

    @Override
    public void close() throws IOException {
        repairs.close();
        topics.close();
        client.close();
        history.close();
    }
}
