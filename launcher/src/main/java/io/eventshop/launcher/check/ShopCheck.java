package io.eventshop.launcher.check;

import io.eventshop.launcher.servers.Mail;
import io.eventshop.launcher.servers.MailFile;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds against each other what clients were told, what the tables say and what lies in the
/// topics. Each promise of `docs/guarantees.md` that can be judged so has a class of its own.
///
/// Works without a history too, and judges then only what tables and topics say.
public final class ShopCheck {

    private final ShopDatabases databases;
    private final String bootstrapServers;
    private @Nullable History history;
    private boolean completeHistory;
    private @Nullable StockSampler sampler;
    private @Nullable MailFile mails;
    private boolean settledLettersAllowed;
    private Instant disturbedUntil = Instant.MIN;
    private Duration endedWithin = Duration.ofMinutes(1);

    private ShopCheck(ShopDatabases databases, String bootstrapServers) {
        this.databases = databases;
        this.bootstrapServers = bootstrapServers;
    }

    public static ShopCheck of(ShopDatabases databases, String bootstrapServers) {
        return new ShopCheck(databases, bootstrapServers);
    }

    /// @param complete whether every order of the shop was asked for in this history; then an order
    ///   that belongs to none of its requests is one too many
    public ShopCheck withHistory(History history, boolean complete) {
        this.history = history;
        this.completeHistory = complete;
        return this;
    }

    public ShopCheck withSampler(StockSampler sampler) {
        this.sampler = sampler;
        return this;
    }

    /// @param mails all that were ever received; read when the verdict is asked for
    public ShopCheck withMails(MailFile mails) {
        this.mails = mails;
        return this;
    }

    /// Dead letters that somebody has replayed or discarded are no finding.
    public ShopCheck settledLettersAllowed() {
        this.settledLettersAllowed = true;
        return this;
    }

    /// @param disturbedUntil until when something was broken, besides the faults of the history;
    ///   what came before may have taken its time
    public ShopCheck disturbedUntil(Instant disturbedUntil) {
        this.disturbedUntil = disturbedUntil;
        return this;
    }

    /// @param endedWithin how long an order may take after the last fault, if not the promised
    ///   minute: a machine that does other things as well is no broken promise
    public ShopCheck endedWithin(Duration endedWithin) {
        this.endedWithin = endedWithin;
        return this;
    }

    /// Waits until nothing is on its way any more.
    ///
    /// @param stalled gives up sooner when nothing at all has moved for so long: longer than
    ///   consumers pause after an outage
    /// @param progress is told now and then what there is still to wait for
    /// @return what has not come to rest, one sentence each; empty if all has
    public List<String> awaitQuiet(Duration limit, Duration stalled, Consumer<String> progress)
            throws InterruptedException {
        return new Quiet(databases, bootstrapServers).await(limit, stalled, progress);
    }

    /// Reads everything and judges. To be asked when all is quiet: what is still on its way counts
    /// as lost.
    ///
    /// @throws SQLException if a database does not answer
    /// @throws IOException if the broker does not answer
    public Verdict verdict() throws SQLException, IOException {
        List<HistoryEntry> entries = history == null ? List.of() : history.entries();
        TopicLog log = TopicLog.read(bootstrapServers);
        Tables tables = TableReader.read(databases);
        var facts = new Facts(tables, log, entries);
        var findings = new Findings();

        new OrdersCheck(facts, findings).run(completeHistory, disturbedUntil, endedWithin);
        new StockCheck(facts, findings).run(sampler == null ? List.of() : sampler.violations());
        @Nullable List<Mail> received = mails == null ? null : mails.all();
        new NotificationsCheck(facts, findings).run(received);
        new PublicationCheck(facts, findings).run();
        new KeysCheck(facts, findings).run(completeHistory);
        new ConsumersCheck(facts, findings).run(settledLettersAllowed);
        Map<String, Long> counts = new Counts(facts).all(history != null);
        if (received != null) {
            counts.put("mails", (long) received.size());
        }
        if (sampler != null) {
            counts.put("stock samples", sampler.samples());
        }
        return new Verdict(findings.kept(), findings.counts(), counts, Recoveries.of(entries));
    }
}
