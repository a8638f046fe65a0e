package io.eventshop.inventory.item.web;

import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.CurrencyFixed;
import io.eventshop.inventory.item.ItemRefusal;
import io.eventshop.inventory.item.ItemService;
import io.eventshop.inventory.item.ItemView;
import io.eventshop.inventory.item.StockLimitReached;
import io.eventshop.inventory.item.UnknownItem;
import io.eventshop.web.headers.ETag;
import io.eventshop.web.headers.IfMatch;
import io.eventshop.web.headers.IfNoneMatch;
import io.eventshop.web.idempotency.IdempotencyKeys;
import io.eventshop.web.paging.Cursor;
import io.eventshop.web.paging.Page;
import io.eventshop.web.paging.PageSizes;
import io.eventshop.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What there is to sell: list it, take in goods, look it up.
@RestController
@RequestMapping(ItemController.PATH)
@Tag(name = "Items", description = "What there is to sell, at which price, and how much of it")
class ItemController {

    static final String PATH = "/api/v1/items";
    private static final String QUERY = "items";

    private final ItemService items;
    private final IdempotencyKeys idempotencyKeys;
    private final TransactionOperations transaction;
    private final PageSizes pageSizes;

    ItemController(
            ItemService items,
            IdempotencyKeys idempotencyKeys,
            TransactionOperations transaction,
            PageSizes pageSizes) {
        this.items = items;
        this.idempotencyKeys = idempotencyKeys;
        this.transaction = transaction;
        this.pageSizes = pageSizes;
    }

    @PutMapping("/{sku}")
    @Operation(
            operationId = "listItem",
            summary = "Lists an item, or changes a listed one",
            description =
                    "Orders that were placed keep their price. The currency stays what it was"
                            + " first.")
    @ApiResponse(responseCode = "200", description = "The item was listed already")
    @ApiResponse(responseCode = "201", description = "The item is new")
    @ApiResponse(responseCode = "409", description = "`currency-fixed`")
    ResponseEntity<ItemResource> list(
            @Parameter(example = "KEYBOARD-1") @PathVariable @Pattern(regexp = Sku.PATTERN)
                    String sku,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ListItemRequest request) {
        var precondition = IfMatch.parse(ifMatch);
        var listed =
                answer(() ->
                        items.list(
                                request.of(new Sku(sku)),
                                current -> require(precondition, current)));
        return listed.created()
                ? ResponseEntity.created(URI.create(PATH + "/" + sku))
                        .eTag(tag(listed.item()).toString())
                        .body(ItemResource.of(listed.item()))
                : ok(listed.item());
    }

    @PostMapping("/{sku}/receipts")
    @Operation(
            operationId = "receiveGoods",
            summary = "Takes in goods",
            description =
                    "Answers with the item as it is afterwards. With an `Idempotency-Key` it is"
                            + " safe to repeat.")
    @ApiResponse(responseCode = "200", description = "The goods are on hand")
    @ApiResponse(responseCode = "404", description = "There is no such item")
    ResponseEntity<ItemResource> receive(
            @Parameter(example = "KEYBOARD-1") @PathVariable @Pattern(regexp = Sku.PATTERN)
                    String sku,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody ReceiptRequest request) {
        var item = new Sku(sku);
        var _ =
                answer(() ->
                        transaction.execute(_ ->
                                idempotencyKeys.once(
                                        key,
                                        "POST " + PATH + "/" + sku + "/receipts",
                                        request,
                                        () ->
                                                items.receive(item, request.quantity())
                                                        .sku()
                                                        .value())));
        return ok(find(item));
    }

    @GetMapping("/{sku}")
    @Operation(operationId = "getItem", summary = "One item")
    @ApiResponse(responseCode = "200", description = "The item")
    @ApiResponse(responseCode = "404", description = "There is no such item")
    ResponseEntity<ItemResource> find(
            @Parameter(example = "KEYBOARD-1") @PathVariable @Pattern(regexp = Sku.PATTERN)
                    String sku,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
                    @Nullable String ifNoneMatch) {
        var item = find(new Sku(sku));
        return IfNoneMatch.parse(ifNoneMatch).matches(tag(item))
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag(item).toString()).build()
                : ok(item);
    }

    @GetMapping
    @Operation(operationId = "listItems", summary = "All items, by SKU")
    @ApiResponse(responseCode = "200", description = "A page of items")
    Page<ItemResource> list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = pageSizes.parse(limit);
        var after = Cursor.decode(cursor, QUERY).map(position -> new Sku(position.text(0)));
        var rows = items.findPage(after, size + 1);
        return Page.of(rows, size, last -> Cursor.after(last.sku()).encode(QUERY))
                .map(ItemResource::of);
    }

    private ItemView find(Sku sku) {
        return items.find(sku)
                .orElseThrow(() -> Problem.notFound("there is no item " + sku).exception());
    }

    private static void require(IfMatch precondition, Optional<ItemView> current) {
        if (current.isPresent()) {
            precondition.require(tag(current.get()));
        } else if (precondition.isPresent()) {
            throw Problem.preconditionFailed().exception();
        }
    }

    private static ETag tag(ItemView item) {
        return ETag.ofVersion(item.version());
    }

    private static ResponseEntity<ItemResource> ok(ItemView item) {
        return ResponseEntity.ok().eTag(tag(item).toString()).body(ItemResource.of(item));
    }

    /// The service's refusals in the words of HTTP.
    private static <T extends @Nullable Object> T answer(Supplier<T> work) {
        try {
            return work.get();
        } catch (ItemRefusal refusal) {
            throw problem(refusal).exception();
        }
    }

    private static Problem problem(ItemRefusal refusal) {
        return switch (refusal) {
            case UnknownItem _ -> Problem.notFound(refusal.getMessage());
            case CurrencyFixed _ ->
                    Problem.of(ItemProblem.CURRENCY_FIXED)
                            .detail(refusal.getMessage())
                            .at("/unitPrice/currency", "must stay what it was first");
            case StockLimitReached _ ->
                    Problem.of(ItemProblem.STOCK_LIMIT)
                            .detail(refusal.getMessage())
                            .at("/quantity", "is too large");
        };
    }
}
