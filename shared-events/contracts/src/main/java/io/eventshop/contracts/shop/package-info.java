/// The shop's events as a whole: their catalog and their topics. The libraries know nothing of this
/// package, nor of its neighbours.
@NullMarked
package io.eventshop.contracts.shop;

import org.jspecify.annotations.NullMarked;
