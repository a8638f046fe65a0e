/// Request headers that change what a call means: `If-Match`, `If-None-Match`, `Prefer`,
/// `X-Correlation-Id`.
@NullMarked
package io.eventshop.web.headers;

import org.jspecify.annotations.NullMarked;
