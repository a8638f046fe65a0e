/// How HTTP bodies are read and written; strict, and apart from the codec of events.
@NullMarked
package io.eventshop.web.json;

import org.jspecify.annotations.NullMarked;
