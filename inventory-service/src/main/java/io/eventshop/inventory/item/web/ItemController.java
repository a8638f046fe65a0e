package io.eventshop.inventory.item.web;

import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService;
import io.eventshop.inventory.item.ItemView;
import io.eventshop.web.headers.ETags;
import io.eventshop.web.headers.IfMatch;
import io.eventshop.web.headers.IfNoneMatch;
import io.eventshop.web.paging.Cursor;
import io.eventshop.web.paging.Page;
import io.eventshop.web.problem.Problem;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// What there is to sell: list it, take in goods, look it up.
@RestController
class ItemController implements ItemApi {

    private static final String QUERY = "items";

    private final ItemService items;

    ItemController(ItemService items) {
        this.items = items;
    }

    @Override
    public ResponseEntity<ItemResource> list(
            String sku, @Nullable String ifMatch, ListItemRequest request) {
        var precondition = IfMatch.parse(ifMatch);
        var listed =
                items.list(request.of(new Sku(sku)), current -> require(precondition, current));
        return listed.created()
                ? answer(ResponseEntity.created(URI.create(PATH + "/" + sku)), listed.item())
                : answer(ResponseEntity.ok(), listed.item());
    }

    @Override
    public ResponseEntity<ItemResource> receive(
            String sku, @Nullable String key, ReceiptRequest request) {
        return answer(ResponseEntity.ok(), items.receive(new Sku(sku), request.quantity(), key));
    }

    @Override
    public ResponseEntity<ItemResource> find(String sku, @Nullable String ifNoneMatch) {
        var item = items.find(new Sku(sku));
        return IfNoneMatch.parse(ifNoneMatch).answer(tag(item), ItemResource.of(item));
    }

    @Override
    public Page<ItemResource> list(int limit, @Nullable String cursor) {
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
