package io.eventshop.web.app;

import io.eventshop.messaging.Correlation;
import io.eventshop.web.headers.ETags;
import io.eventshop.web.headers.IfMatch;
import io.eventshop.web.headers.IfNoneMatch;
import io.eventshop.web.headers.PreferWait;
import io.eventshop.web.idempotency.IdempotencyKeys;
import io.eventshop.web.limits.Admission;
import io.eventshop.web.paging.Cursor;
import io.eventshop.web.paging.Page;
import io.eventshop.web.paging.PageSize;
import io.eventshop.web.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Uses every convention once, and fails in every way.
@RestController
@RequestMapping("/api/v1")
public class Things {

    /// Released by tests: one permit lets one waiting request go on.
    public static final Semaphore GO = new Semaphore(0);

    public static final AtomicInteger LARGE_BEGUN = new AtomicInteger();
    public static final int LARGE_SIZE = 16 * 1024 * 1024;

    public static final String SECRET = "s3cr3t-of-the-house";

    private static final long PATIENCE_SECONDS = 20;
    private static final long VERSION = 7;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final IdempotencyKeys keys;
    private final Admission admission;

    Things(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            IdempotencyKeys keys,
            Admission admission) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.keys = keys;
        this.admission = admission;
    }

    public record Thing(UUID id, String name, int quantity, @Nullable String note) {}

    @PostMapping("/things")
    ResponseEntity<Thing> make(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestParam(defaultValue = "false") boolean hold,
            @RequestParam(defaultValue = "false") boolean fail,
            @Valid @RequestBody ThingRequest request) {
        var thing =
                keys.once(
                        key,
                        "POST /api/v1/things",
                        request,
                        () -> make(request, hold, fail),
                        made -> made.id().toString(),
                        id -> read(UUID.fromString(id)));
        return ResponseEntity.created(URI.create("/api/v1/things/" + thing.id())).body(thing);
    }

    private Thing make(ThingRequest request, boolean hold, boolean fail) {
        return transaction.execute(_ -> read(insert(request, hold, fail)));
    }

    private UUID insert(ThingRequest request, boolean hold, boolean fail) {
        var id = UUID.randomUUID();
        int _ =
                jdbc.sql("insert into thing (id, name, quantity) values (?, ?, ?)")
                        .params(id, request.name(), request.quantity())
                        .update();
        if (hold) {
            await();
        }
        if (fail) {
            throw Problem.of(ThingProblem.UNKNOWN_SKU).at("/parts/0/sku", "no item has this SKU");
        }
        return id;
    }

    @GetMapping("/things/{id}")
    Thing read(@PathVariable UUID id) {
        return jdbc.sql("select id, name, quantity, null as note from thing where id = ?")
                .param(id)
                .query(Thing.class)
                .optional()
                .orElseThrow(() -> Problem.notFound("no thing " + id));
    }

    @GetMapping("/things")
    Page<Integer> list(
            @RequestParam(defaultValue = PageSize.DEFAULT) @PageSize int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int first =
                Cursor.decode(cursor, "things").map(c -> Integer.parseInt(c.text(0)) + 1).orElse(1);
        var rows = IntStream.rangeClosed(first, Math.min(first + limit, 50));
        return Page.of(rows.boxed().toList(), limit, n -> Cursor.after(n).encode("things"));
    }

    @GetMapping("/numbered/{n}")
    int numbered(@PathVariable @Max(9) int n, @RequestParam ThingRequest.Kind kind) {
        return kind == ThingRequest.Kind.SMALL ? n : -n;
    }

    @GetMapping("/tagged")
    ResponseEntity<String> tagged(
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return IfNoneMatch.parse(ifNoneMatch).answer(ETags.ofVersion(VERSION), "\"seven\"");
    }

    @PostMapping("/tagged")
    void change(@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        IfMatch.parse(ifMatch).require(OptionalLong.of(VERSION));
    }

    @GetMapping("/flow")
    Map<String, String> flow() {
        return Map.of(
                "bound", Correlation.current().orElseThrow().correlationId(),
                "logged", MDC.get("correlationId"));
    }

    @GetMapping("/instant")
    List<Instant> instant() {
        return List.of(Instant.parse("2026-11-23T10:15:30.123456Z"));
    }

    @GetMapping("/hold")
    String hold() {
        await();
        return "\"held\"";
    }

    @GetMapping("/wait")
    ResponseEntity<String> waiting(
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer)
            throws Exception {
        var wait = PreferWait.parse(prefer).orElseThrow();
        var _ = admission.whileWaiting(Things::isLetGo, false);
        return ResponseEntity.ok().header("Preference-Applied", wait.applied()).body("\"done\"");
    }

    /// More than any socket takes before somebody reads.
    @GetMapping("/large")
    byte[] large() {
        int _ = LARGE_BEGUN.incrementAndGet();
        return new byte[LARGE_SIZE];
    }

    @GetMapping("/boom")
    String boom() {
        throw new IllegalStateException("a password is " + SECRET);
    }

    @GetMapping("/overflow")
    String overflow() {
        throw new StackOverflowError(SECRET);
    }

    @GetMapping("/unwritable")
    Unwritable unwritable() {
        return new Unwritable();
    }

    public static final class Unwritable {

        public int getSecret() {
            return Integer.parseInt(SECRET);
        }
    }

    @GetMapping("/bad-sql")
    int badSql() {
        return jdbc.sql("select " + SECRET.replace('-', '_') + " from nowhere")
                .query(Integer.class)
                .single();
    }

    @GetMapping("/conflict")
    String conflict() {
        throw new OptimisticLockingFailureException(SECRET);
    }

    @GetMapping("/sendError")
    void sendError(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_FORBIDDEN, SECRET);
    }

    private static boolean isLetGo() {
        await();
        return true;
    }

    private static void await() {
        try {
            if (!GO.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let this request go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
