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
import io.eventshop.web.limits.Admission;
import io.eventshop.web.limits.PlainText;
import io.eventshop.web.paging.Cursor;
import io.eventshop.web.paging.Page;
import io.eventshop.web.paging.PageSize;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Orders over REST. Placing an order is answered at once with what is known at once, a PENDING
/// order; who would rather wait for the stock's answer says so with `Prefer: wait=5`.
@RestController
@RequestMapping(OrderController.PATH)
@Tag(name = "Orders", description = "Placing orders, cancelling them, and what became of them")
class OrderController {

    static final String PATH = "/api/v1/orders";

    private final OrderService orders;
    private final OrderQueries queries;
    private final Admission admission;

    OrderController(OrderService orders, OrderQueries queries, Admission admission) {
        this.orders = orders;
        this.queries = queries;
        this.admission = admission;
    }

    @Operation(
            operationId = "placeOrder",
            summary = "Place an order",
            description =
                    """
                    Prices are those of now. The stock is asked afterwards: the order is PENDING, \
                    and becomes CONFIRMED or REJECTED, as a rule within a second.\
                    """)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content =
                    @Content(
                            examples = {
                                @ExampleObject(
                                        name = "Is confirmed",
                                        value = OrderRequest.CONFIRMED),
                                @ExampleObject(
                                        name = "Is rejected: always out of stock",
                                        value = OrderRequest.REJECTED)
                            }))
    @ApiResponse(responseCode = "202", description = "Taken; the stock has not answered yet")
    @ApiResponse(responseCode = "200", description = "`Prefer: wait` was met: the final state")
    @PostMapping
    ResponseEntity<OrderView> place(
            @Valid @RequestBody OrderRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable String idempotencyKey,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer)
            throws Exception {
        var placed = placeOrRefuse(request, idempotencyKey);
        var wait = PreferWait.parse(prefer);
        if (wait.isEmpty()) {
            return taken(placed, HttpStatus.ACCEPTED).body(placed);
        }
        var order = admission.whileWaiting(() -> queries.awaitSettled(placed, wait.get().atMost()));
        return order.settled()
                ? taken(order, HttpStatus.OK)
                        .header("Preference-Applied", wait.get().applied())
                        .body(order)
                : taken(order, HttpStatus.ACCEPTED).body(order);
    }

    private OrderView placeOrRefuse(OrderRequest request, @Nullable String idempotencyKey) {
        try {
            return orders.place(request.toWish(), idempotencyKey);
        } catch (RefusedOrder refused) {
            throw request.problem(refused);
        }
    }

    @Operation(operationId = "getOrder", summary = "Look at an order")
    @ApiResponse(responseCode = "200", description = "The order; its ETag is its version")
    @ApiResponse(responseCode = "404", description = "There is no such order")
    @GetMapping("/{id}")
    ResponseEntity<OrderView> get(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
                    @Nullable String ifNoneMatch) {
        var condition = IfNoneMatch.parse(ifNoneMatch);
        var order = queries.get(id);
        return condition.answer(ETags.ofVersion(order.version()), order);
    }

    @Operation(
            operationId = "getOrderHistory",
            summary = "What happened to an order",
            description = "Oldest first, with the event that said so and the one that caused it")
    @ApiResponse(responseCode = "200", description = "All that happened, on one page")
    @ApiResponse(responseCode = "404", description = "There is no such order")
    @GetMapping("/{id}/history")
    Page<HistoryEntry> history(@PathVariable UUID id) {
        return new Page<>(queries.history(id), null);
    }

    @Operation(operationId = "listOrders", summary = "List orders, newest first")
    @ApiResponse(responseCode = "200", description = "A page of orders")
    @GetMapping
    Page<OrderView> list(
            @Parameter(example = "customer-1")
                    @RequestParam(required = false)
                    @PlainText(max = OrderRequest.CUSTOMER_ID_MAX)
                    @Nullable String customerId,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(defaultValue = PageSize.DEFAULT) @PageSize int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var query = "orders?status=%s&customerId=%s".formatted(status, customerId);
        var after =
                Cursor.decode(cursor, query)
                        .map(position -> new Position(position.instant(0), position.uuid(1)))
                        .orElse(null);
        var rows = queries.newest(new Filter(customerId, status), after, limit + 1);
        return Page.of(rows, limit, last -> Cursor.after(last.placedAt(), last.id()).encode(query));
    }

    @Operation(
            operationId = "cancelOrder",
            summary = "Cancel an order",
            description =
                    """
                    While it is PENDING or CONFIRMED; what is reserved for it gets free. An order \
                    that is cancelled already is answered as it is. A REJECTED one is refused.\
                    """)
    @ApiResponse(responseCode = "200", description = "The order, cancelled")
    @ApiResponse(responseCode = "404", description = "There is no such order")
    @ApiResponse(responseCode = "409", description = "`order-not-cancellable`: it is REJECTED")
    @PostMapping("/{id}/cancellation")
    ResponseEntity<OrderView> cancel(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable String ifMatch) {
        var condition = IfMatch.parse(ifMatch);
        var order = orders.cancel(id, version -> condition.require(ETags.ofVersion(version)));
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
