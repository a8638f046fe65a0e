package io.eventshop.proof.system.crash;

import java.util.List;
import java.util.function.UnaryOperator;

/// A program to be killed by [CrashAgentTest].
final class WorkerMain {

    private WorkerMain() {}

    static void main(String[] arguments) throws InterruptedException {
        var other =
                new Thread(() -> {
                    var _ = second(List.of("other thread"));
                });
        other.start();
        other.join();
        System.out.println(first("begun") + " " + second(List.of(arguments)));
    }

    private static String first(String text) {
        return text;
    }

    /// With branches and a loop, so that its verification is not trivial.
    private static Object second(List<String> words) {
        UnaryOperator<String> change = words.size() > 1 ? String::trim : String::strip;
        Object result = "";
        for (String word : words) {
            if (word.isEmpty()) {
                return words;
            }
            result = words.size() > 2 ? change.apply(word) : Integer.valueOf(word.length());
        }
        return result;
    }
}
