@NullMarked
package io.eventshop.web.schema;

import org.jspecify.annotations.NullMarked;
