package io.eventshop.web.limits;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// The service's connections. One that a request takes waits for each answer of the database only
/// so long as the request can; consumers, cleaning and migrations share the pool and keep its
/// `socketTimeout`, because a batch that waits for a lock is at work and not lost.
///
/// Why the socket's time-out, and no statement's or transaction's: those are kept by the server,
/// and a server that hangs keeps nothing. It costs no round trip, and the pool takes it back when
/// the connection is returned.
///
/// A connection whose answer did not come is broken and leaves the pool. If that answer was a
/// commit's, nobody knows whether there was one: the request is answered 503, and repeated with the
/// same `Idempotency-Key` it finds what it has done.
final class RequestConnections extends DelegatingDataSource {

    private final int answerMaxMillis;

    RequestConnections(DataSource pool, Duration answerMax) {
        super(pool);
        this.answerMaxMillis = Math.toIntExact(answerMax.toMillis());
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        if (!Admission.isInRequest()) {
            return connection;
        }
        try {
            connection.setNetworkTimeout(Runnable::run, answerMaxMillis);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
