/// A request that is sent twice has one effect: what `Idempotency-Key` promises and stores.
@NullMarked
package io.eventshop.web.idempotency;

import org.jspecify.annotations.NullMarked;
