/// The shop that runs, as its clients see it: where its services are, and how to order from it.
@NullMarked
package io.eventshop.launcher.demo.client;

import org.jspecify.annotations.NullMarked;
