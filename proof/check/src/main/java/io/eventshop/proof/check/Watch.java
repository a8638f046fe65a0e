package io.eventshop.proof.check;

import io.eventshop.launcher.servers.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks at a database again and again, also while it breaks: what is right in the end may have
/// been wrong in between.
///
/// Ten looks a second, and fewer where a look takes longer than a hundredth of that: this is a
/// witness and no load. A database that is down is looked at again when it is back.
public final class Watch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /// A look costs at most a tenth of a core.
    private static final int PAUSE_PER_LOOK = 9;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

    private final Database database;
    private final Look look;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable Connection connection;

    /// What is looked at, each time on the watch's thread.
    @FunctionalInterface
    public interface Look {

        /// @throws SQLException is one of the things that happen; the next look gets another
        ///   connection
        void at(Connection open) throws SQLException;
    }

    private Watch(Database database, Look look) {
        this.database = database;
        this.look = look;
        this.thread = Thread.ofPlatform().name("watch").daemon().unstarted(this::run);
    }

    /// Starts to look.
    public static Watch over(Database database, Look look) {
        var watch = new Watch(database, look);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            long pause = 0;
            while (!stopped.await(pause, TimeUnit.NANOSECONDS)) {
                long begin = System.nanoTime();
                lookIfPossible();
                pause = Math.max(PAUSE.toNanos(), PAUSE_PER_LOOK * (System.nanoTime() - begin));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void lookIfPossible() {
        try {
            if (connection == null) {
                connection = database.connect(ANSWER_WITHIN);
            }
            look.at(connection);
        } catch (SQLException e) {
            disconnect();
        }
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It was broken, and is given up.
            }
        }
    }

    /// Returns when the last look is over.
    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
