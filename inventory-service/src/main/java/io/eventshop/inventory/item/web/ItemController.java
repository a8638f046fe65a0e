package io.eventshop.inventory.item.web;

import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService;
import io.eventshop.inventory.item.ItemView;
import io.eventshop.web.headers.ETags;
import io.eventshop.web.headers.IfMatch;
import io.eventshop.web.headers.IfNoneMatch;
import io.eventshop.web.idempotency.IdempotencyKeys;
import io.eventshop.web.paging.Cursor;
import io.eventshop.web.paging.Page;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// What there is to sell: list it, take in goods, look it up.
@RestController
class ItemController implements ItemApi {

    private static final String QUERY = "items";

    private final ItemService items;
    private final IdempotencyKeys idempotencyKeys;

    ItemController(ItemService items, IdempotencyKeys idempotencyKeys) {
        this.items = items;
        this.idempotencyKeys = idempotencyKeys;
    }

    @Override
    public ResponseEntity<ItemView> list(
            String sku, @Nullable String ifMatch, ListItemRequest request) {
        var listed = items.list(request.of(new Sku(sku)), IfMatch.parse(ifMatch)::require);
        return listed.created()
                ? answer(ResponseEntity.created(URI.create(PATH + "/" + sku)), listed.item())
                : answer(ResponseEntity.ok(), listed.item());
    }

    @Override
    public ResponseEntity<ItemView> receive(
            String sku, @Nullable String key, ReceiptRequest request) {
        var item =
                idempotencyKeys.once(
                        key,
                        "POST /api/v1/items/" + sku + "/receipts",
                        request,
                        () -> items.receive(new Sku(sku), request.quantity()),
                        received -> received.sku().value(),
                        id -> items.find(new Sku(id)));
        return answer(ResponseEntity.ok(), item);
    }

    @Override
    public ResponseEntity<ItemView> find(String sku, @Nullable String ifNoneMatch) {
        var item = items.find(new Sku(sku));
        return IfNoneMatch.parse(ifNoneMatch).answer(tag(item), item);
    }

    @Override
    public Page<ItemView> list(int limit, @Nullable String cursor) {
        var after = Cursor.decode(cursor, QUERY).map(position -> new Sku(position.text(0)));
        var rows = items.findPage(after, limit + 1);
        return Page.of(rows, limit, last -> Cursor.after(last.sku()).encode(QUERY));
    }

    private static ResponseEntity<ItemView> answer(
            ResponseEntity.BodyBuilder answer, ItemView item) {
        return answer.eTag(tag(item).formattedTag()).body(item);
    }

    private static ETag tag(ItemView item) {
        return ETags.ofVersion(item.version());
    }
}
