package touchstone.kernel;

import java.util.Locale;

/** Writes times for people: three digits and the unit that fits. */
final class Durations {
    private static final String[] UNITS = {"s", "ms", "µs", "ns"};

    private Durations() {}

    /** A time such as {@code 12.3 µs}, {@code 4.56 s}, {@code 3 min 20 s} or {@code 2 h 5 min}. */
    static String text(double seconds) {
        if (seconds >= 99.95) {
            return clock(Math.round(seconds));
        }
        double amount = seconds;
        int unit = 0;
        while (unit < UNITS.length - 1 && amount < 0.9995) {
            amount *= 1000;
            unit++;
        }
        return digits(amount) + " " + UNITS[unit];
    }

    /** Three digits of a number from 0: 1.23, 12.3, 123, 1234. */
    static String digits(double amount) {
        int places = amount < 9.995 ? 2 : amount < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + places + "f", amount);
    }

    private static String clock(long seconds) {
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
