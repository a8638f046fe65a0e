package io.eventshop.web.idempotency;

import io.eventshop.contracts.Personal;
import io.eventshop.messaging.ValueTypes;
import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

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
/// Keys are kept for at least `eventshop.web.idempotency-kept` (24 h); later the same key is new.
///
/// Needs READ COMMITTED, the default: under a stricter level the snapshot may precede the lock, and
/// the row that is looked for is not seen; the primary key then turns the duplicate into a failure.
///
/// The header is described in draft-ietf-httpapi-idempotency-key-header.
public final class IdempotencyKeys {

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /// Sorted, so that the hash depends neither on the order of fields nor on that of a map. The
    /// hash is a stored format: a deployment that changes a request's fields makes a repetition
    /// look like another request for as long as keys are kept. That is why only personal value
    /// types are texts in it: the others were objects when the first keys were stored.
    private final JsonMapper canonical =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .annotationIntrospector(
                            AnnotationIntrospector.pair(
                                    new ValueTypes(it -> it.isAnnotationPresent(Personal.class)),
                                    new JacksonAnnotationIntrospector()))
                    .build();

    IdempotencyKeys(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// Runs the effect unless this key has had it already, in a transaction that it shares with the
    /// key. To be called where the request comes in: nobody behind it knows of keys.
    ///
    /// @param key the header's value, null if it was not sent: then the effect simply runs. At most
    ///   255 visible ASCII characters
    /// @param operation what is asked for and where, with all path variables, e.g. `POST
    ///   /api/v1/orders`. Stored with the key: it stays as it is, wherever the path goes
    /// @param request the parsed request: compared by its JSON, so neither white space nor the
    ///   order of fields matters
    /// @param effect does the work and returns the resource as it is then
    /// @param id of the resource, as it is stored
    /// @param again finds the resource by its id, as it is now
    /// @throws Problem 400 `invalid-idempotency-key`; 409 `idempotency-key-in-use` with
    ///   `Retry-After`, if a request with this key is running; 422 `idempotency-key-reused`, if the
    ///   key came with another request before
    public <T> T once(
            @Nullable String key,
            String operation,
            Object request,
            Supplier<T> effect,
            Function<T, String> id,
            Function<String, T> again) {
        if (key == null) {
            return effect.get();
        }
        if (!FORM.matcher(key).matches()) {
            throw Problem.of(CommonProblem.INVALID_IDEMPOTENCY_KEY)
                    .parameter("Idempotency-Key", "1 to 255 visible ASCII characters");
        }
        byte[] hash = sha256(operation + '\n' + canonical.writeValueAsString(request));
        return transaction.execute(_ -> {
            lockUntilCommit(key);
            Optional<Stored> stored = find(key);
            if (stored.isPresent()) {
                return again.apply(stored.get().idFor(hash));
            }
            T resource = effect.get();
            store(key, operation, hash, id.apply(resource));
            return resource;
        });
    }

    /// A statement of its own: a statement that takes a lock and reads has its snapshot from before
    /// the lock, and would miss the row that the previous holder has just committed.
    private void lockUntilCommit(String key) {
        boolean locked =
                jdbc.sql("select pg_try_advisory_xact_lock(:lock)")
                        .param("lock", ByteBuffer.wrap(sha256("idempotency-key\n" + key)).getLong())
                        .query(Boolean.class)
                        .single();
        if (!locked) {
            throw Problem.of(CommonProblem.IDEMPOTENCY_KEY_IN_USE).retryLater();
        }
    }

    private Optional<Stored> find(String key) {
        return jdbc.sql(
                        """
                        select request_hash, resource_id
                        from web.idempotency_key
                        where key = :key
                        """)
                .param("key", key)
                .query(Stored.class)
                .optional();
    }

    private void store(String key, String operation, byte[] hash, String resourceId) {
        jdbc.sql(
                        """
                        insert into web.idempotency_key (key, operation, request_hash, resource_id)
                        values (:key, :operation, :hash, :resourceId)
                        """)
                .param("key", key)
                .param("operation", operation)
                .param("hash", hash)
                .param("resourceId", resourceId)
                .update();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(byte[] requestHash, String resourceId) {

        String idFor(byte[] hash) {
            if (!MessageDigest.isEqual(requestHash, hash)) {
                throw Problem.of(CommonProblem.IDEMPOTENCY_KEY_REUSED);
            }
            return resourceId;
        }
    }
}
