/// What every service's OpenAPI document has in common.
@NullMarked
package io.eventshop.web.openapi;

import org.jspecify.annotations.NullMarked;
