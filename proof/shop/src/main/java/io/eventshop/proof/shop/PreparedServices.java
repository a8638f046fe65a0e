package io.eventshop.proof.shop;

import static java.util.Objects.requireNonNull;

import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.parts.Preparation;
import io.eventshop.launcher.demo.parts.PreparedService;
import io.eventshop.launcher.services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/// The services as `./demo` runs them, unpacked and with an AOT cache. The first test that starts
/// one prepares them, once per build: it takes a minute, and saves ten seconds of each start.
public final class PreparedServices {

    private static final List<PreparedService> ALL = all();

    private PreparedServices() {}

    private static List<PreparedService> all() {
        var checkout =
                new Checkout(Services.root(), Path.of("target", "prepared").toAbsolutePath());
        var console = new Console(System.out, Clock.system(ZoneId.systemDefault()));
        return new Preparation(checkout, console).all();
    }

    public static PreparedService of(Service service) {
        return ALL.stream().filter(one -> one.service().equals(service)).findFirst().orElseThrow();
    }

    /// What its jar starts.
    public static String mainClass(Service service) {
        try (var jar = new JarFile(of(service).jar().toFile())) {
            return requireNonNull(
                    jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
