package io.eventshop.inventory.item.web;

import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService;
import io.eventshop.inventory.item.ItemView;
import io.eventshop.web.headers.ETags;
import io.eventshop.web.headers.IfMatch;
import io.eventshop.web.headers.IfNoneMatch;
import io.eventshop.web.paging.Cursor;
import io.eventshop.web.paging.Page;
import io.eventshop.web.paging.PageSize;
import io.eventshop.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What there is to sell, over HTTP: list it, take in goods, look it up.
@RestController
@RequestMapping(ItemController.PATH)
@Tag(name = "Items", description = "What there is to sell, at which price, and how much of it")
class ItemController {

    static final String PATH = "/api/v1/items";

    private static final String QUERY = "items";

    private final ItemService items;

    ItemController(ItemService items) {
        this.items = items;
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
                items.list(request.of(new Sku(sku)), current -> require(precondition, current));
        return listed.created()
                ? answer(ResponseEntity.created(URI.create(PATH + "/" + sku)), listed.item())
                : answer(ResponseEntity.ok(), listed.item());
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
        return answer(ResponseEntity.ok(), items.receive(new Sku(sku), request.quantity(), key));
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
        var item = items.find(new Sku(sku));
        return IfNoneMatch.parse(ifNoneMatch).answer(tag(item), ItemResource.of(item));
    }

    @GetMapping
    @Operation(operationId = "listItems", summary = "All items, by SKU")
    @ApiResponse(responseCode = "200", description = "A page of items")
    Page<ItemResource> list(
            @RequestParam(defaultValue = PageSize.DEFAULT) @PageSize int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var after = Cursor.decode(cursor, QUERY).map(position -> new Sku(position.text(0)));
        var rows = items.findPage(after, limit + 1);
        return Page.of(rows, limit, last -> Cursor.after(last.sku()).encode(QUERY))
                .map(ItemResource::of);
    }

    private static void require(IfMatch precondition, Optional<ItemView> current) {
        if (current.isPresent()) {
            precondition.require(tag(current.get()));
        } else if (precondition.isPresent()) {
            throw Problem.preconditionFailed();
        }
    }

    private static ResponseEntity<ItemResource> answer(
            ResponseEntity.BodyBuilder answer, ItemView item) {
        return answer.eTag(tag(item).formattedTag()).body(ItemResource.of(item));
    }

    private static ETag tag(ItemView item) {
        return ETags.ofVersion(item.version());
    }
}
