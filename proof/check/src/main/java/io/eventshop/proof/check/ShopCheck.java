package io.eventshop.proof.check;

import io.eventshop.launcher.servers.Mail;
import io.eventshop.proof.shop.History;
import io.eventshop.proof.shop.HistoryEntry;
import io.eventshop.proof.shop.RunningShop;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds against each other what clients were told, what the tables say and what lies in the
/// topics. Each promise of `docs/guarantees.md` that can be judged so has a class of its own.
///
/// Works without a history too, and judges then only what tables and topics say.
public final class ShopCheck {

    private final RunningShop shop;
    private @Nullable History history;
    private boolean completeHistory;
    private @Nullable StockSampler sampler;
    private boolean settledLettersAllowed;
    private Instant disturbedUntil = Instant.MIN;
    private Duration endedWithin = Duration.ofMinutes(1);
    private Before before = Before.NOTHING;

    private ShopCheck(RunningShop shop) {
        this.shop = shop;
    }

    public static ShopCheck of(RunningShop shop) {
        return new ShopCheck(shop);
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

    /// What is wrong or on its way already.
    ///
    /// @param stalled how long nothing may move until what is on its way counts as stuck
    public Before before(Duration limit, Duration stalled, Consumer<String> progress)
            throws SQLException, IOException, InterruptedException {
        var quiet = new Quiet(shop, Set.of());
        List<String> restless = quiet.await(limit, stalled, progress);
        Findings findings = judge(facts(), shop.mails().all());
        return new Before(restless, findings.all(), quiet.underWay());
    }

    /// Judges only what has come since.
    public ShopCheck since(Before before) {
        this.before = before;
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
        return new Quiet(shop, before.underWay()).await(limit, stalled, progress);
    }

    /// Reads everything and judges. To be asked when all is quiet: what is still on its way counts
    /// as lost.
    ///
    /// @throws SQLException if a database does not answer
    /// @throws IOException if the broker does not answer
    public Verdict verdict() throws SQLException, IOException {
        Facts facts = facts();
        List<Mail> mails = shop.mails().all();
        Findings findings = judge(facts, mails);
        Map<String, Long> counts = new Counts(facts).all(history != null);
        counts.put("mails", (long) mails.size());
        if (sampler != null) {
            counts.put("stock samples", sampler.samples());
        }
        return new Verdict(findings.kept(), findings.counts(), counts, Recoveries.of(entries()));
    }

    private Facts facts() throws SQLException, IOException {
        TopicLog log = TopicLog.read(shop.bootstrapServers());
        return new Facts(TableReader.read(shop), log, entries());
    }

    private List<HistoryEntry> entries() {
        return history == null ? List.of() : history.entries();
    }

    private Findings judge(Facts facts, List<Mail> mails) {
        var findings = new Findings(before.findings());
        new OrdersCheck(facts, findings).run(completeHistory, disturbedUntil, endedWithin);
        new StockCheck(facts, findings).run(sampler == null ? List.of() : sampler.violations());
        new NotificationsCheck(facts, findings).run(mails);
        new PublicationCheck(facts, findings).run();
        new KeysCheck(facts, findings).run(completeHistory);
        new ConsumersCheck(facts, findings).run(settledLettersAllowed);
        return findings;
    }
}
