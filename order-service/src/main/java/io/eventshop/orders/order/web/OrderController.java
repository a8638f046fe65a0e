package io.eventshop.orders.order.web;

import io.eventshop.orders.order.HistoryEntry;
import io.eventshop.orders.order.OrderQueries;
import io.eventshop.orders.order.OrderQueries.Filter;
import io.eventshop.orders.order.OrderQueries.Position;
import io.eventshop.orders.order.OrderService;
import io.eventshop.orders.order.OrderStatus;
import io.eventshop.orders.order.OrderView;
import io.eventshop.orders.order.RefusedOrder;
import io.eventshop.web.headers.ETags;
import io.eventshop.web.headers.IfMatch;
import io.eventshop.web.headers.IfNoneMatch;
import io.eventshop.web.headers.PreferWait;
import io.eventshop.web.idempotency.IdempotencyKeys;
import io.eventshop.web.limits.Admission;
import io.eventshop.web.paging.Cursor;
import io.eventshop.web.paging.Page;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// Placing an order is answered at once with what is known at once, a PENDING order; who would
/// rather wait for the stock's answer says so with `Prefer: wait=5`.
@RestController
class OrderController implements OrderApi {

    private final OrderService orders;
    private final OrderQueries queries;
    private final IdempotencyKeys idempotencyKeys;
    private final Admission admission;

    OrderController(
            OrderService orders,
            OrderQueries queries,
            IdempotencyKeys idempotencyKeys,
            Admission admission) {
        this.orders = orders;
        this.queries = queries;
        this.idempotencyKeys = idempotencyKeys;
        this.admission = admission;
    }

    @Override
    public ResponseEntity<OrderView> place(
            OrderRequest request, @Nullable String idempotencyKey, @Nullable String prefer)
            throws Exception {
        var placed = placeOrRefuse(request, idempotencyKey);
        var wait = PreferWait.parse(prefer);
        if (wait.isEmpty()) {
            return taken(placed, HttpStatus.ACCEPTED).body(placed);
        }
        var order =
                admission.whileWaiting(
                        () -> queries.awaitSettled(placed, wait.get().atMost()), placed);
        return order.settled()
                ? taken(order, HttpStatus.OK)
                        .header("Preference-Applied", wait.get().applied())
                        .body(order)
                : taken(order, HttpStatus.ACCEPTED).body(order);
    }

    private OrderView placeOrRefuse(OrderRequest request, @Nullable String idempotencyKey) {
        var wish = request.toWish();
        try {
            return idempotencyKeys.once(
                    idempotencyKey,
                    "POST /api/v1/orders",
                    wish,
                    () -> orders.place(wish),
                    order -> order.id().toString(),
                    id -> queries.get(UUID.fromString(id)));
        } catch (RefusedOrder refused) {
            throw request.problem(refused);
        }
    }

    @Override
    public ResponseEntity<OrderView> get(UUID id, @Nullable String ifNoneMatch) {
        var condition = IfNoneMatch.parse(ifNoneMatch);
        var order = queries.get(id);
        return condition.answer(ETags.ofVersion(order.version()), order);
    }

    @Override
    public Page<HistoryEntry> history(UUID id) {
        return new Page<>(queries.history(id), null);
    }

    @Override
    public Page<OrderView> list(
            @Nullable String customerId,
            @Nullable OrderStatus status,
            int limit,
            @Nullable String cursor) {
        var query = "orders?status=%s&customerId=%s".formatted(status, customerId);
        var after =
                Cursor.decode(cursor, query)
                        .map(position -> new Position(position.instant(0), position.uuid(1)))
                        .orElse(null);
        var rows = queries.newest(new Filter(customerId, status), after, limit + 1);
        return Page.of(rows, limit, last -> Cursor.after(last.placedAt(), last.id()).encode(query));
    }

    @Override
    public ResponseEntity<OrderView> cancel(UUID id, @Nullable String ifMatch) {
        var order = orders.cancel(id, IfMatch.parse(ifMatch)::require);
        return describing(order, HttpStatus.OK).body(order);
    }

    private static ResponseEntity.BodyBuilder taken(OrderView order, HttpStatus status) {
        return describing(order, status).location(location(order));
    }

    /// The body is the order itself and not a report about the request: `Content-Location` says so,
    /// which makes the ETag one of the order.
    private static ResponseEntity.BodyBuilder describing(OrderView order, HttpStatus status) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.CONTENT_LOCATION, location(order).toString())
                .eTag(ETags.ofVersion(order.version()).formattedTag());
    }

    private static URI location(OrderView order) {
        return URI.create(PATH + "/" + order.id());
    }
}
