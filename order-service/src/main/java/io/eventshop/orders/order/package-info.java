/// The aggregate `Order` and its life, which is the whole workflow: [OrderSaga] says what each
/// answer of the stock does, `Order` decides whether it may. `docs/workflow.md` holds the table.
///
/// Outside this package an order is an [OrderView]; the entity and its repository stay in here.
@NullMarked
package io.eventshop.orders.order;

import org.jspecify.annotations.NullMarked;
