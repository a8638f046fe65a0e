/// What keeps one client from taking everything: bounded requests, bodies and strings.
@NullMarked
package io.eventshop.web.limits;

import org.jspecify.annotations.NullMarked;
