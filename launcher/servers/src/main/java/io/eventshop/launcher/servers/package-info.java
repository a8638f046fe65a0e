/// Real servers as child processes: PostgreSQL, Kafka and a mail sink. The demo and the tests start
/// the same ones. Owns how a child is started, watched, stopped and never left behind, and how
/// tools and tests look into topics; knows nothing of Event Shop's services.
@NullMarked
package io.eventshop.launcher.servers;

import org.jspecify.annotations.NullMarked;
