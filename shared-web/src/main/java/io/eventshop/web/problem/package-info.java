/// Every refusal and every failure as one kind of document (RFC 9457), wherever it was raised.
@NullMarked
package io.eventshop.web.problem;

import org.jspecify.annotations.NullMarked;
