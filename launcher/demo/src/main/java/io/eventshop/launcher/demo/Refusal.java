package io.eventshop.launcher.demo;

/// Ends a command with a sentence for the person who typed it, instead of a stack trace.
public final class Refusal extends RuntimeException {

    private final int exitCode;

    private Refusal(String sentence, int exitCode) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /// The command was understood and cannot be done.
    public static Refusal because(String sentence) {
        return new Refusal(sentence, 1);
    }

    /// The command was not understood.
    public static Refusal misuse(String sentence) {
        return new Refusal(sentence, 2);
    }

    public int exitCode() {
        return exitCode;
    }
}
