/// What the demo is made of: ports, the three servers and the services, prepared for a quick start.
@NullMarked
package io.eventshop.launcher.demo.parts;

import org.jspecify.annotations.NullMarked;
