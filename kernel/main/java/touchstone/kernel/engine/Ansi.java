package touchstone.kernel.engine;

/** The few ANSI colours of a traceback. */
final class Ansi {
    private Ansi() {}

    static String red(String text) {
        return "\u001b[0;31m" + text + "\u001b[0m";
    }

    static String green(String text) {
        return "\u001b[0;32m" + text + "\u001b[0m";
    }

    static String blue(String text) {
        return "\u001b[0;34m" + text + "\u001b[0m";
    }
}
