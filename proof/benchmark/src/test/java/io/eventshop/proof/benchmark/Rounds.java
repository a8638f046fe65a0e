package io.eventshop.proof.benchmark;

/// The same measurement again and again in one run: once to warm up, whose numbers are forgotten,
/// and then five times. What is compared takes turns within a round, so that a machine that slows
/// down slows both.
final class Rounds {

    private static final int COUNT = 5;

    private Rounds() {}

    interface Round {
        void run(Measurements measurements) throws Exception;
    }

    static Measurements measure(String title, Round round) throws Exception {
        var warmUp = new Measurements();
        round.run(warmUp);
        System.out.println(title + ", warm-up: " + warmUp.latest());

        var measurements = new Measurements();
        for (int number = 1; number <= COUNT; number++) {
            round.run(measurements);
            System.out.println(title + ", round " + number + ": " + measurements.latest());
        }
        return measurements;
    }
}
