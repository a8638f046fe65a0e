package io.eventshop.proof.system.chaos;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What one run of faults came to; a line of JSON in a soak's directory.
///
/// @param seed of the run, which repeats it
/// @param soakSeed which the run's seed was made from
/// @param segment its number among those of the same soak's seed
/// @param seconds under load and faults
/// @param orders accepted
/// @param requests for orders, repetitions included
/// @param faults how often each kind happened
/// @param skipped what this machine does not allow, and why
/// @param startsGivenUp of services that found no database and were started again
/// @param quietAfterSeconds from the last fault until nothing was on its way
/// @param counts what the check counted
/// @param recoveryMillis by the names of the goals
record SegmentResult(
        String date,
        String commit,
        long soakSeed,
        int segment,
        long seed,
        double seconds,
        int orders,
        int cancelled,
        int requests,
        int kills,
        int pauses,
        int cuts,
        int others,
        Map<String, Integer> faults,
        Map<String, String> skipped,
        int startsGivenUp,
        double quietAfterSeconds,
        long duplicates,
        long lost,
        long doubled,
        List<String> findings,
        Map<String, Long> counts,
        Map<String, List<Long>> recoveryMillis) {

    /// An accepted order's, from the last fault on.
    static final Duration PROMISED_END = Duration.ofMinutes(1);

    int faultCount() {
        return kills + pauses + cuts + others;
    }

    boolean isClean() {
        return lost == 0 && doubled == 0 && findings.isEmpty();
    }

    String summary() {
        return """
        seed %d: %.0f s, %d orders accepted in %d requests, %d cancelled; %d faults: %d kills, %d pauses, %d cuts, %d others
        quiet after %.1f s; %d duplicates delivered, %d lost, %d doubled, %d findings
        %s
        %s\
        """
                .formatted(
                        seed,
                        seconds,
                        orders,
                        requests,
                        cancelled,
                        faultCount(),
                        kills,
                        pauses,
                        cuts,
                        others,
                        quietAfterSeconds,
                        duplicates,
                        lost,
                        doubled,
                        findings.size(),
                        recoveryMillis.entrySet().stream()
                                .map(one -> one.getKey() + " " + one.getValue() + " ms")
                                .collect(joining("\n")),
                        String.join("\n", findings));
    }
}
