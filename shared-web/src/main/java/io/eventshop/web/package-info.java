/// The REST conventions of all services, once: problems, idempotency keys, cursors, ETags, limits.
@NullMarked
package io.eventshop.web;

import org.jspecify.annotations.NullMarked;
