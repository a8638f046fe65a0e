package io.eventshop.inventory.item.web;

import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemView;
import io.eventshop.web.paging.Page;
import io.eventshop.web.paging.PageSize;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
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

/// Items over HTTP, as a client sees them: paths, parameters and answers. [ItemController] keeps
/// what is said here.
@RequestMapping(ItemApi.PATH)
@Tag(name = "Items", description = "What there is to sell, at which price, and how much of it")
interface ItemApi {

    String PATH = "/api/v1/items";

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
    ResponseEntity<ItemView> list(
            @Parameter(example = "KEYBOARD-1") @PathVariable @Pattern(regexp = Sku.PATTERN)
                    String sku,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ListItemRequest request);

    @PostMapping("/{sku}/receipts")
    @Operation(
            operationId = "receiveGoods",
            summary = "Takes in goods",
            description =
                    "Answers with the item as it is afterwards. With an `Idempotency-Key` it is"
                            + " safe to repeat.")
    @ApiResponse(responseCode = "200", description = "The goods are on hand")
    @ApiResponse(responseCode = "404", description = "There is no such item")
    ResponseEntity<ItemView> receive(
            @Parameter(example = "KEYBOARD-1") @PathVariable @Pattern(regexp = Sku.PATTERN)
                    String sku,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody ReceiptRequest request);

    @GetMapping("/{sku}")
    @Operation(operationId = "getItem", summary = "One item")
    @ApiResponse(responseCode = "200", description = "The item")
    @ApiResponse(responseCode = "404", description = "There is no such item")
    ResponseEntity<ItemView> find(
            @Parameter(example = "KEYBOARD-1") @PathVariable @Pattern(regexp = Sku.PATTERN)
                    String sku,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
                    @Nullable String ifNoneMatch);

    @GetMapping
    @Operation(operationId = "listItems", summary = "All items, by SKU")
    @ApiResponse(responseCode = "200", description = "A page of items")
    Page<ItemView> list(
            @RequestParam(defaultValue = PageSize.DEFAULT) @PageSize int limit,
            @RequestParam(required = false) @Nullable String cursor);
}
