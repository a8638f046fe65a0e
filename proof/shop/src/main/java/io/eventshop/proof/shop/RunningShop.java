package io.eventshop.proof.shop;

import io.eventshop.launcher.demo.client.DemoShop;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.MailFile;
import io.eventshop.launcher.services.Service;
import java.net.URI;
import java.util.List;

/// A shop that runs, whoever has started it: all that a stranger needs in order to use it and to
/// look at what it has written.
public interface RunningShop {

    /// By the role that owns it.
    Database database(Service service);

    String bootstrapServers();

    /// All mails that were ever received.
    MailFile mails();

    /// Where the API of each instance of a service is.
    List<URI> apis(Service service);

    /// Where instances of a service are managed; of further instances of a demo nobody knows.
    List<URI> managements(Service service);

    /// The demo that somebody has started.
    static RunningShop of(DemoShop demo, MailFile mails) {
        return new RunningShop() {
            @Override
            public Database database(Service service) {
                return demo.database(service);
            }

            @Override
            public String bootstrapServers() {
                return demo.bootstrapServers();
            }

            @Override
            public MailFile mails() {
                return mails;
            }

            @Override
            public List<URI> apis(Service service) {
                return demo.instances(service);
            }

            @Override
            public List<URI> managements(Service service) {
                return List.of(demo.management(service));
            }
        };
    }
}
