/// The command line of the demo: `./demo` starts PostgreSQL, Kafka, a mail sink and the services as
/// child processes, and its subcommands talk to what runs. No Docker.
@NullMarked
package io.eventshop.launcher.demo;

import org.jspecify.annotations.NullMarked;
