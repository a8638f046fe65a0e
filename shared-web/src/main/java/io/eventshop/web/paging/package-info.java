/// Lists in pages: opaque cursors over a keyset, and bounded page sizes.
@NullMarked
package io.eventshop.web.paging;

import org.jspecify.annotations.NullMarked;
