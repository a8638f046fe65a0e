package io.eventshop.orders.order.web;

import io.eventshop.orders.order.HistoryEntry;
import io.eventshop.orders.order.OrderStatus;
import io.eventshop.orders.order.OrderView;
import io.eventshop.web.limits.PlainText;
import io.eventshop.web.paging.Page;
import io.eventshop.web.paging.PageSize;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Orders over REST, as a client sees them: paths, parameters and answers. [OrderController] keeps
/// what is said here.
@RequestMapping(OrderApi.PATH)
@Tag(name = "Orders", description = "Placing orders, cancelling them, and what became of them")
interface OrderApi {

    String PATH = "/api/v1/orders";

    @Operation(
            operationId = "placeOrder",
            summary = "Place an order",
            description =
                    """
                    Prices are those of now. The stock is asked afterwards: the order is PENDING, \
                    and becomes CONFIRMED or REJECTED, as a rule within a second.\
                    """,
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            examples = {
                                                @ExampleObject(
                                                        name = "Is confirmed",
                                                        value = OrderExamples.CONFIRMED),
                                                @ExampleObject(
                                                        name = "Is rejected: always out of stock",
                                                        value = OrderExamples.REJECTED)
                                            })))
    @ApiResponse(responseCode = "202", description = "Taken; the stock has not answered yet")
    @ApiResponse(responseCode = "200", description = "`Prefer: wait` was met: the final state")
    @PostMapping
    ResponseEntity<OrderView> place(
            @Valid @RequestBody OrderRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable String idempotencyKey,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer)
            throws Exception;

    @Operation(operationId = "getOrder", summary = "Look at an order")
    @ApiResponse(responseCode = "200", description = "The order; its ETag is its version")
    @ApiResponse(responseCode = "404", description = "There is no such order")
    @GetMapping("/{id}")
    ResponseEntity<OrderView> get(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
                    @Nullable String ifNoneMatch);

    @Operation(
            operationId = "getOrderHistory",
            summary = "What happened to an order",
            description = "Oldest first, with the event that said so and the one that caused it")
    @ApiResponse(responseCode = "200", description = "All that happened, on one page")
    @ApiResponse(responseCode = "404", description = "There is no such order")
    @GetMapping("/{id}/history")
    Page<HistoryEntry> history(@PathVariable UUID id);

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
            @RequestParam(required = false) @Nullable String cursor);

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
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch);
}
