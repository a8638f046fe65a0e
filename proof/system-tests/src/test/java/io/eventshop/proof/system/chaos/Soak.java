package io.eventshop.proof.system.chaos;

import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.testkit.Quarter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/// Segment after segment, as long as it was asked for, each noted when it is done. What the script
/// `soak` runs; started again on the same directory, it goes on.
final class Soak {

    /// About twelve minutes of load: the faults that come alone, and these.
    private static final int CROWDED = 160;

    /// Closer together they leave two cores no moment in which anything works, and what gathers for
    /// minutes takes minutes to be worked off.
    private static final Duration APART = Duration.ofSeconds(3);

    /// So many that two cores have time left: how long recovery takes says nothing about a shop
    /// that is overloaded.
    private static final int ORDERS_PER_SECOND = 10;

    private static final Duration OUTAGE = Duration.ofSeconds(15);

    /// In every third segment, since it takes the time of many kills.
    private static final Duration LONG_OUTAGE = Duration.ofMinutes(2);

    private static final int LONG_OUTAGE_EVERY = 3;

    /// Segments of one seed; their seeds stay apart from other seeds' ones.
    private static final int SEGMENTS_MAX = 100_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;
    private final long seed;
    private final String commit;
    private final Console console;
    private final BooleanSupplier stopAsked;

    private Soak(Path directory, long seed, String commit, Console console) {
        this.directory = directory;
        this.seed = seed;
        this.commit = commit;
        this.console = console;
        this.stopAsked = () -> Files.exists(directory.resolve("stop"));
    }

    /// `run DIRECTORY SEED MINUTES COMMIT` or `report DIRECTORY`.
    public static void main(String[] arguments)
            throws IOException, SQLException, InterruptedException {
        var directory = Path.of(arguments[1]);
        if (arguments[0].equals("report")) {
            System.out.print(SoakReport.of(segments(directory)));
            return;
        }
        var soak =
                new Soak(
                        directory,
                        Long.parseLong(arguments[2]),
                        arguments[4],
                        new Console(System.out, Clock.system(ZoneId.systemDefault())));
        boolean clean = soak.run(Duration.ofMinutes(Long.parseLong(arguments[3])));
        System.exit(clean ? 0 : 1);
    }

    private boolean run(Duration wanted) throws IOException, SQLException, InterruptedException {
        Files.createDirectories(directory);
        boolean clean = true;
        for (int number = 1 + done(); left(wanted) > 0 && !stopAsked.getAsBoolean(); number++) {
            console.say(
                    "segment %d of seed %d; %.1f of %d minutes are done"
                            .formatted(
                                    number,
                                    seed,
                                    wanted.toSeconds() / 60.0 - left(wanted) / 60,
                                    wanted.toMinutes()));
            var result = segment(number, left(wanted));
            console.print(result.summary());
            Files.writeString(
                    directory.resolve(SEGMENTS),
                    JSON.writeValueAsString(result) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            clean &= result.isClean();
        }
        return clean;
    }

    private SegmentResult segment(int number, double secondsLeft)
            throws IOException, SQLException, InterruptedException {
        long segmentSeed = seed * SEGMENTS_MAX + number;
        var own = directory.resolve("segment-" + segmentSeed);
        Trees.delete(own);
        Files.createDirectories(own);
        var settings =
                new Segment.Settings(
                        segmentSeed,
                        own,
                        CROWDED,
                        APART,
                        number % LONG_OUTAGE_EVERY == 1 ? LONG_OUTAGE : OUTAGE,
                        new Segment.Load(ORDERS_PER_SECOND, ORDERS_PER_SECOND, 0),
                        EnumSet.allOf(ChaosShop.Extra.class),
                        Quarter.chosen(),
                        SegmentResult.PROMISED_END);
        Files.writeString(own.resolve("plan.txt"), settings.plan() + "\n");
        var end = Instant.now().plusMillis(Math.round(secondsLeft * 1_000) + START_MILLIS);
        var result =
                new Segment(
                                settings,
                                console,
                                () -> stopAsked.getAsBoolean() || Instant.now().isAfter(end))
                        .run(commit, seed, number);
        if (result.isClean()) {
            Trees.delete(own);
        } else {
            console.say("what the parts have written is kept in " + own);
        }
        return result;
    }

    private static final String SEGMENTS = "segments.jsonl";

    /// Roughly what a shop takes to open, before the time begins to count.
    private static final long START_MILLIS = 30_000;

    private int done() throws IOException {
        return (int) segments(directory).stream().filter(one -> one.soakSeed() == seed).count();
    }

    private double left(Duration wanted) throws IOException {
        return wanted.toSeconds()
                - segments(directory).stream()
                        .filter(one -> one.soakSeed() == seed)
                        .mapToDouble(SegmentResult::seconds)
                        .sum();
    }

    private static List<SegmentResult> segments(Path directory) throws IOException {
        var file = directory.resolve(SEGMENTS);
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .map(line -> JSON.readValue(line, SegmentResult.class))
                .toList();
    }
}
