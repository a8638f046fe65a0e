package io.eventshop.web.idempotency;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a `POST` safe to repeat: the same `Idempotency-Key` with the same request has one effect
/// and one resource, however often it is sent and by however many instances it is taken.
///
/// The key is stored **in the transaction of the effect**, so after a crash there are both or
/// neither, and a refusal stores nothing: the client may mend the request and send it with the same
/// key. While the first request runs, its key is locked until commit; there is no row that says "in
/// progress" and could be left behind.
///
/// What is stored is the resource's id, not the response: the caller reads the resource again and
/// answers as it did the first time (status and `Location`), with the resource as it is now.
///
/// Keys are kept for at least `eventshop.web.idempotency.kept` (24 h); later the same key is new.
///
/// Needs READ COMMITTED, the default: under a stricter level the snapshot may precede the lock, and
/// the row that is looked for is not seen; the primary key then turns the duplicate into a failure.
public interface IdempotencyKeys {

    /// Runs the effect unless this key has had it already. To be called inside the transaction of
    /// the effect.
    ///
    /// @param key the header's value, null if it was not sent: then the effect simply runs. At most
    ///   255 visible ASCII characters
    /// @param operation what is asked for and where, with all path variables, e.g. `POST
    ///   /api/v1/orders`
    /// @param request the parsed request, a record: compared by its JSON, so neither white space
    ///   nor the order of fields matters
    /// @param effect does the work and returns the id of the resource it made
    /// @throws io.eventshop.web.problem.ProblemException 400 `invalid-idempotency-key`; 409
    ///   `idempotency-key-in-use` with `Retry-After`, if a request with this key is running; 422
    ///   `idempotency-key-reused`, if the key came with another request before
    /// @throws org.springframework.transaction.IllegalTransactionStateException without a
    ///   transaction
    Once once(@Nullable String key, String operation, Object request, Supplier<String> effect);

    /// What came of it.
    ///
    /// @param resourceId as the effect returned it, now or the first time
    /// @param replayed true if the effect was had before and did not run now
    record Once(String resourceId, boolean replayed) {}
}
